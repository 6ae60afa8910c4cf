//! Chinese word segmentation, keywords and main text from the shell.

fn main() {}
