//! Entity numbers as types that cannot hold all of them.
//!
//! The lints deny `as` for these everywhere else, so that each conversion says which of the two it is: of a number that
//! fits, or of its lowest bits. What comes from outside and may not fit is asked with `TryFrom`.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "here they are gathered"
)]

use crate::unchecked::CHECKED;

// A `u32` is made a `usize` with `as` in many places, which loses nothing.
const _: () = assert!(usize::BITS >= u32::BITS);

/// A number that may be one of fewer bits.
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

/// `n`, which fits: whoever calls this knows of a bound.
///
/// # Panics
///
/// If it does not fit, in builds that check what the unchecked accesses rely on; in others it is cut.
#[inline(always)]
pub(crate) fn fits<To, From: Narrow<To>>(n: From) -> To {
    assert!(!CHECKED || n.fits(), "a number does not fit");
    n.low()
}

/// The lowest bits of `n`, as many as there is room for: of what is packed, or a hash.
#[inline(always)]
pub(crate) fn low<To, From: Narrow<To>>(n: From) -> To {
    n.low()
}
/// [`fits`] for constants.
pub(crate) const fn fits_u32(n: u64) -> u32 {
    assert!(n <= u32::MAX as u64);
    n as u32
}

/// All bits set if the highest one of `bits` is: that of a negative number, as a mask.
#[inline(always)]
pub(crate) fn sign(bits: u64) -> u64 {
    (bits as i64 >> 63) as u64
}

/// `x` without its fraction; 0 for what is less or no number, and the largest for what is more.
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
