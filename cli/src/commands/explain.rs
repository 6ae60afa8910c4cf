//! `fenci explain`: shows why a text is cut as it is.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::input::Input;
use crate::options::Cutting;
use crate::output::Output;

#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    cutting: Cutting,
    /// Print a picture for Graphviz: `fenci explain --dot TEXT | dot -Tsvg`.
    #[arg(long)]
    dot: bool,
    /// The text. `-` or no text reads standard input.
    #[arg(value_name = "TEXT")]
    text: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let segmenter = options.cutting.builder()?.build();
    let mut output = Output::new();
    let text = match options.text.as_deref() {
        Some(text) if text != "-" => text.to_owned(),
        _ => {
            let mut inputs = Input::all(&[PathBuf::from("-")]);
            inputs.remove(0).read()?.text
        }
    };
    let explanation = segmenter.explain(text.trim_end());
    if options.dot {
        output.line(explanation.to_dot().trim_end())?;
    } else if !text.trim_end().is_empty() {
        output.line(explanation.to_string().trim_end())?;
    }
    output.finish()
}
