//! Conversions of integers to types that may be too narrow for them.
//!
//! The lints deny these `as` casts everywhere else. So each conversion says what it expects:
//! [`fits`] takes a number that fits, [`low`] takes the lowest bits of a number. Numbers from
//! outside that may not fit are converted with `TryFrom`.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "here they are gathered"
)]

use crate::unchecked::CHECKED;

// Many places cast `u32` to `usize` with `as`, which loses nothing.
const _: () = assert!(usize::BITS >= u32::BITS);

/// An integer type that converts to `To`, which may have fewer bits.
pub(crate) trait Narrow<To>: Copy {
    fn fits(self) -> bool;

    fn low(self) -> To;
}

macro_rules! narrow {
    ($($from:ty => $($to:ty),+;)+) => {$($(
        impl Narrow<$to> for $from {
            #[inline(always)]
            fn fits(self) -> bool {
                <$to>::try_from(self).is_ok()
            }

            #[inline(always)]
            fn low(self) -> $to {
                self as $to
            }
        }
    )+)+};
}

narrow! {
    u16 => u8;
    u32 => u8, u16;
    usize => u8, u16, u32;
    u64 => u8, u16, u32, usize;
    u128 => u16, u32, u64, usize;
}

/// Converts `n`, which fits: the caller knows a bound.
///
/// # Panics
///
/// If `n` does not fit, in builds in which [`CHECKED`] is `true`. Other builds keep its lowest
/// bits.
#[inline(always)]
pub(crate) fn fits<To, From: Narrow<To>>(n: From) -> To {
    assert!(!CHECKED || n.fits(), "a number does not fit");
    n.low()
}

/// Returns the lowest bits of `n`, as many as `To` holds: a part of a packed value, or of a hash.
#[inline(always)]
pub(crate) fn low<To, From: Narrow<To>>(n: From) -> To {
    n.low()
}
/// Does the same as [`fits`] for constants.
pub(crate) const fn fits_u32(n: u64) -> u32 {
    assert!(n <= u32::MAX as u64);
    n as u32
}

/// Returns a mask of all ones if the highest bit of `bits` is set (a negative number), otherwise 0.
#[inline(always)]
pub(crate) fn sign(bits: u64) -> u64 {
    (bits as i64 >> 63) as u64
}

/// Returns `x` without its fraction: 0 if `x` is negative or NaN, `u64::MAX` if `x` is larger than
/// that.
#[inline]
pub(crate) fn whole(x: f64) -> u64 {
    x as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_the_same_number() {
        assert_eq!(fits::<u8, _>(0xffusize), 0xff);
        assert_eq!(fits::<u32, _>(u64::from(u32::MAX)), u32::MAX);
    }

    #[test]
    #[cfg_attr(not(any(debug_assertions, fenci_checked)), ignore = "nothing is looked at")]
    #[should_panic = "does not fit"]
    fn what_does_not_fit_stops_a_checked_build() {
        let _: u8 = fits(0x100usize);
    }

    #[test]
    fn lowest_bits_signs_and_whole_numbers() {
        assert_eq!(low::<u16, _>(0x0123_4567_89ab_cdef_u64), 0xcdef);
        assert_eq!((sign((-0.5f64).to_bits()), sign(0.5f64.to_bits())), (u64::MAX, 0));
        assert_eq!([-1.5, f64::NAN, 2.9, 1e300].map(whole), [0, 0, 2, u64::MAX]);
    }
}
