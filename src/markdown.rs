//! Typed writers of Markdown and Mermaid: the only way for text of the analysed code into a page.
