//! Times several kinds of work side by side, in turns.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

/// One pass of the work over the whole text.
pub type Pass<'a> = &'a mut dyn FnMut();

/// Times the passes in turns, so that a disturbance of the machine affects all of them. Returns the
/// times of each pass.
pub fn in_turns<const N: usize>(rounds: usize, passes: [Pass<'_>; N]) -> [Vec<Duration>; N] {
    in_turns_after(rounds, &mut |_| (), passes)
}

/// Does the same, but calls `before` with the number of each pass before it is timed.
pub fn in_turns_after<const N: usize>(
    rounds: usize,
    before: &mut dyn FnMut(usize),
    mut passes: [Pass<'_>; N],
) -> [Vec<Duration>; N] {
    // Warms up caches, and buffers that are kept between calls.
    passes.iter_mut().for_each(|pass| pass());
    let mut times = std::array::from_fn(|_| Vec::with_capacity(rounds));
    for _ in 0..rounds {
        for (number, (pass, times)) in passes.iter_mut().zip(&mut times).enumerate() {
            before(number);
            let start = Instant::now();
            pass();
            times.push(start.elapsed());
        }
    }
    times
}

/// Returns the median.
pub fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    if numbers.len() % 2 == 1 { numbers[half] } else { (numbers[half - 1] + numbers[half]) / 2.0 }
}

/// Returns the speed in megabytes a second. A megabyte is a million bytes.
pub fn speed(bytes: usize, times: &[Duration]) -> f64 {
    bytes as f64 / 1e6 / median(times.iter().map(Duration::as_secs_f64))
}

/// Returns how many times as fast `times` are as those of `base`: the median over the turns.
pub fn ratio(base: &[Duration], times: &[Duration]) -> f64 {
    median(base.iter().zip(times).map(|(base, time)| base.as_secs_f64() / time.as_secs_f64()))
}

/// Returns the texts in a folder and in the folders in it, each whole, sorted by path.
pub fn texts(folder: &Path) -> Result<Vec<String>, String> {
    let in_folder = |error: io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    find_texts(folder, &mut paths).map_err(in_folder)?;
    // The order in which a folder is listed differs from machine to machine.
    paths.sort();
    paths.iter().map(fs::read_to_string).collect::<Result<_, _>>().map_err(in_folder)
}

/// Splits a text into documents: one, or pieces of 40 lines if it is longer than any article.
pub fn documents(text: &str) -> Vec<String> {
    const LONGEST: usize = 100_000;
    const LINES: usize = 40;
    if text.len() <= LONGEST {
        return vec![text.to_owned()];
    }
    let lines: Vec<&str> = text.lines().collect();
    lines.chunks(LINES).map(|lines| lines.join("\n")).collect()
}

fn find_texts(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // Asks for the entry's own kind: a link to a folder above would never end.
        if entry.file_type()?.is_dir() {
            find_texts(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            paths.push(path);
        }
    }
    Ok(())
}
