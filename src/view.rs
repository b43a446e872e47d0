//! One directive, one file: the model as blocks of Markdown.
