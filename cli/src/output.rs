//! Standard output.

use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;

use crate::failure::Failure;

/// Standard output, buffered.
pub(crate) struct Output {
    out: BufWriter<StdoutLock<'static>>,
    has_colour: bool,
}

impl Output {
    pub(crate) fn new() -> Output {
        let stdout = io::stdout().lock();
        // Colours need a terminal that can show them and an unset `NO_COLOR`.
        let has_colour = AutoStream::choice(&stdout) != ColorChoice::Never;
        Output { out: BufWriter::new(stdout), has_colour }
    }

    /// Returns `style`, or no style where there are no colours.
    pub(crate) fn style(&self, style: Style) -> Style {
        if self.has_colour { style } else { Style::new() }
    }

    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| Failure::of_output(&error))
    }

    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.text(line)?;
        self.text("\n")
    }

    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| Failure::of_output(&error))
    }
}
