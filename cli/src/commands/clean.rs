//! `fenci clean`: the main text of pages.

use std::path::PathBuf;

use clap::Args;
use fenci::article::Repair;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::input::{Input, clean};
use crate::output::Output;

#[derive(Args)]
pub(crate) struct Options {
    /// Print an object for each file, one a line: `file`, `encoding`, `has_errors` (`true` if some
    /// bytes could not be decoded), `text` and `repairs`.
    ///
    /// Each repair says what was removed or replaced, why, and where. Places count bytes of the
    /// file in UTF-8; for HTML, bytes of its extracted lines.
    #[arg(long)]
    json: bool,
    /// Files to read, as text or HTML.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let mut output = Output::new();
    for input in Input::all(&options.files) {
        let raw = input.read()?;
        let article = clean(&raw.text);
        let text = article.text();
        if options.json {
            let object = json!({
                "file": input.path().to_string_lossy(),
                "encoding": raw.encoding,
                "has_errors": raw.has_errors,
                "text": text,
                "repairs": Value::from_iter(article.repairs().iter().map(|repair| report(article.raw(), repair))),
            });
            output.line(&object.to_string())?;
        } else {
            output.text(text)?;
            if !text.is_empty() && !text.ends_with('\n') {
                output.text("\n")?;
            }
        }
    }
    output.finish()
}

fn report(raw: &str, repair: &Repair) -> Value {
    json!({
        "kind": repair.kind.as_str(),
        "start": repair.raw.start,
        "end": repair.raw.end,
        "raw": &raw[repair.raw.clone()],
        "replacement": repair.replacement,
        "reason": repair.reason,
    })
}
