//! Talking with mdBook: the protocol, directives in chapters, configuration.
