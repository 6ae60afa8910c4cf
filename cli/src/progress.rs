//! The progress of a command, on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

/// Returns a bar of `bytes` bytes, or a spinner if their number is not known. It is cleared at the
/// end.
pub(crate) fn of_bytes(bytes: Option<u64>, is_shown: bool) -> ProgressBar {
    let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let template = match bytes {
        Some(_) => "{wide_bar} {bytes} of {total_bytes} ({bytes_per_sec}, {eta} to go) {msg}",
        None => "{spinner} {bytes} ({bytes_per_sec}) {msg}",
    };
    let bar = ProgressBar::with_draw_target(bytes, target).with_finish(ProgressFinish::AndClear);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
