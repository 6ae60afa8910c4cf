//! Makes crafted images by the million, and uses those that open.

use std::thread;
use std::time::Instant;

use clap::Args;
use oracle::images::Format;
use oracle::mutants::{Counts, kinds, try_mutants};

#[derive(Args)]
pub(crate) struct Options {
    /// The number of images of each kind.
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    mutants: u64,
    /// The number of the first image.
    #[arg(long, default_value_t = 0, value_name = "N")]
    first: u64,
    /// The number of threads; by default one for each core.
    #[arg(long, value_name = "N")]
    threads: Option<u64>,
    /// Only the kinds with this text in their names.
    #[arg(long, default_value = "", value_name = "TEXT")]
    kind: String,
}

/// Prints a row for each kind. Fails at the first image that causes a panic.
pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    if !cfg!(any(debug_assertions, fenci_checked)) {
        return Err("unchecked accesses are not checked: set RUSTFLAGS='--cfg fenci_checked'".into());
    }
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let threads = options.threads.unwrap_or(cores).max(1);
    println!("| kind | mutants | accepted | refused | seconds |\n|---|---|---|---|---|");
    for format in kinds().filter(|format| format.noun.contains(&options.kind)) {
        let start = Instant::now();
        let Counts { accepted, refused } = try_kind(format, options, threads)?;
        let (noun, seconds) = (format.noun, start.elapsed().as_secs());
        println!("| {noun} | {} | {accepted} | {refused} | {seconds} |", accepted + refused);
    }
    Ok(())
}

fn try_kind(format: Format, options: &Options, threads: u64) -> Result<Counts, String> {
    let each = options.mutants.div_ceil(threads);
    let of_thread = |thread: u64| move || try_mutants(format, each, options.first + thread * each);
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(of_thread(thread))).collect();
        running.into_iter().try_fold(Counts::default(), |sum, running| {
            let counts = running.join().map_err(|_| "a thread ended early".to_owned())??;
            Ok(Counts { accepted: sum.accepted + counts.accepted, refused: sum.refused + counts.refused })
        })
    })
}
