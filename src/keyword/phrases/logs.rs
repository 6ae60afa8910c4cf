//! Logarithms of integers that are the same to the last bit on every machine. The logarithms of
//! floating-point libraries are not.

use crate::numbers::fits_u32;

/// The number of bits after the binary point.
pub(super) const SCALE: u32 = 24;

/// Returns the binary logarithm of `n`, rounded down to a multiple of 2^-24; 0 for 0.
pub(super) fn log2(n: u32) -> u64 {
    match SMALL.get(n as usize) {
        Some(&log) => log.into(),
        None => exact_log2(n),
    }
}

/// Returns `n` times its binary logarithm. Entropies are sums of such products.
pub(super) fn n_log2(n: u32) -> u64 {
    u64::from(n) * log2(n)
}

/// Converts a sum of logarithms to a floating-point number. A sum of more than 53 bits is rounded,
/// which also gives the same result on every machine.
pub(super) fn to_bits(log: u64) -> f64 {
    log as f64 / f64::from(1 << SCALE)
}

const SMALL_NUMBERS: usize = 256;
/// The logarithms of small numbers, as nearly all counts are.
static SMALL: [u32; SMALL_NUMBERS] = {
    let mut logs = [0; SMALL_NUMBERS];
    let mut n = 1;
    while (n as usize) < SMALL_NUMBERS {
        logs[n as usize] = fits_u32(exact_log2(n));
        n += 1;
    }
    logs
};

/// Computes a logarithm bit by bit. Squaring a number doubles its logarithm, so each squaring gives
/// one more bit.
const fn exact_log2(n: u32) -> u64 {
    if n == 0 {
        return 0;
    }
    let mut log = n.ilog2() as u64;
    // At least 1 and less than 2, with 31 bits after the binary point.
    let mut rest = (n as u64) << (31 - n.ilog2());
    let mut bit = 0;
    while bit < SCALE {
        rest = (rest * rest) >> 31;
        let is_two = rest >> 32;
        log = log << 1 | is_two;
        rest >>= is_two;
        bit += 1;
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_library() {
        let numbers = (1..5000).chain((0..27).map(|at| 31 << at)).chain([u32::MAX, u32::MAX - 1, 1 << 31]);
        for n in numbers {
            let (ours, theirs) = (to_bits(log2(n)), f64::from(n).log2());
            // Squares are rounded down, which costs some of the last bits.
            assert!((ours - theirs).abs() < 1e-6, "{n}: {ours} {theirs}");
            assert!(!n.is_power_of_two() || ours == theirs, "{n}");
            assert!(log2(n - 1) <= log2(n), "{n}");
        }
        assert_eq!((log2(0), log2(1), n_log2(8)), (0, 0, 24 << SCALE));
    }
}
