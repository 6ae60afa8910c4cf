//! Units behind numbers.
//!
//! Sources: the SI Brochure, 9th edition, tables 2 to 8 (units, prefixes, units accepted beside the
//! SI); UCUM for medicine and for customary units; IEC 80000-13 for data; ISO 4217 for currencies.
//! The forms that Chinese texts write instead (`KB`, `kw`, `bps`) stand beside them.

use super::{is_boundary, part};
use crate::text::kind::Kind;
use crate::text::scan::chars_while_at_most;

/// The longest symbol, in characters.
const LONGEST: usize = 8;

/// The places where a symbol may stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Behind a number, and in a quotient: `5kg`, `5mg/kg`.
    Anywhere,
    /// In front of `/` alone, since `5G`, `4K` and `2B` are names: `40U/L`, `5B/s`.
    Above,
    /// Behind `/` alone: `5mg/d`.
    Below,
}

/// Symbols, with the prefixes that they take. Case counts.
const UNITS: &[(&str, &str, Place)] = &[
    // Base and derived units of the SI. Lone letters that name products and sizes are left out.
    ("m", "k h d c m μ n u", Place::Anywhere),
    ("g", "k m μ n p u mc", Place::Anywhere),
    ("s", "m μ n p f u", Place::Anywhere),
    ("A", "k m μ n u", Place::Anywhere),
    ("mol", "k m μ n p u", Place::Anywhere),
    ("cd", "m k", Place::Anywhere),
    ("V", "k M m μ u", Place::Anywhere),
    ("W", "k K M G T m μ u", Place::Anywhere),
    ("J", "k M G m", Place::Anywhere),
    ("N", "k M m", Place::Anywhere),
    ("Nm", "k m", Place::Anywhere),
    ("Hz", "k K M G T m", Place::Anywhere),
    ("Ω", "k M m", Place::Anywhere),
    ("ohm", "k M m", Place::Anywhere),
    ("lm", "k", Place::Anywhere),
    ("lx", "k", Place::Anywhere),
    ("Wb", "m", Place::Anywhere),
    ("Bq", "k M G T", Place::Anywhere),
    ("Gy", "m c μ", Place::Anywhere),
    ("Sv", "m μ u", Place::Anywhere),
    ("°C", "", Place::Anywhere),
    ("°F", "", Place::Anywhere),
    ("°", "", Place::Anywhere),
    ("℃", "", Place::Anywhere),
    ("℉", "", Place::Anywhere),
    ("K", "", Place::Below),
    // Symbols that need a prefix, since the letter alone is another thing.
    ("pF", "", Place::Anywhere),
    ("nF", "", Place::Anywhere),
    ("μF", "", Place::Anywhere),
    ("uF", "", Place::Anywhere),
    ("mH", "", Place::Anywhere),
    ("μH", "", Place::Anywhere),
    ("mT", "", Place::Anywhere),
    ("mS", "", Place::Anywhere),
    ("μS", "", Place::Anywhere),
    ("mK", "", Place::Anywhere),
    // Beside the SI.
    ("min", "", Place::Anywhere),
    ("h", "", Place::Anywhere),
    ("hr", "", Place::Anywhere),
    ("hrs", "", Place::Anywhere),
    ("d", "", Place::Below),
    ("day", "", Place::Below),
    ("wk", "", Place::Below),
    ("L", "k h d c m μ n f u", Place::Anywhere),
    ("l", "k h d c m μ n f u", Place::Anywhere),
    ("cc", "", Place::Anywhere),
    ("ha", "", Place::Anywhere),
    ("t", "k K M G", Place::Anywhere),
    ("Pa", "h k M G m", Place::Anywhere),
    ("bar", "m k", Place::Anywhere),
    ("atm", "", Place::Anywhere),
    ("eV", "k M G T m", Place::Anywhere),
    ("Wh", "k K M G T m", Place::Anywhere),
    ("Ah", "m k", Place::Anywhere),
    ("VA", "k M", Place::Anywhere),
    ("var", "k M", Place::Anywhere),
    ("Wp", "k M G", Place::Anywhere),
    ("kw", "", Place::Anywhere),
    ("dB", "", Place::Anywhere),
    ("dBm", "", Place::Anywhere),
    ("dBi", "", Place::Anywhere),
    ("dBA", "", Place::Anywhere),
    ("rpm", "", Place::Anywhere),
    ("RPM", "", Place::Anywhere),
    ("r", "", Place::Above),
    ("nit", "", Place::Anywhere),
    ("nits", "", Place::Anywhere),
    ("kgf", "", Place::Anywhere),
    // Medicine.
    ("mmHg", "", Place::Anywhere),
    ("cmH2O", "", Place::Anywhere),
    ("mmH2O", "", Place::Anywhere),
    ("IU", "k M m μ", Place::Anywhere),
    ("U", "", Place::Above),
    ("mU", "", Place::Anywhere),
    ("Eq", "m", Place::Anywhere),
    ("Osm", "m", Place::Anywhere),
    ("cal", "k K", Place::Anywhere),
    ("Cal", "", Place::Anywhere),
    ("bpm", "", Place::Anywhere),
    ("cfu", "", Place::Anywhere),
    ("CFU", "", Place::Anywhere),
    ("Ci", "m μ", Place::Anywhere),
    ("kDa", "", Place::Anywhere),
    ("Da", "", Place::Anywhere),
    ("HU", "", Place::Anywhere),
    // Data.
    ("B", "k K M G T P E Z Ki Mi Gi Ti Pi", Place::Anywhere),
    ("b", "k K M G T", Place::Anywhere),
    ("bit", "k K M G T", Place::Anywhere),
    ("bits", "", Place::Anywhere),
    ("bps", "k K M G T", Place::Anywhere),
    ("Bps", "k K M G", Place::Anywhere),
    ("fps", "", Place::Anywhere),
    ("px", "", Place::Anywhere),
    ("dpi", "", Place::Anywhere),
    ("ppi", "", Place::Anywhere),
    ("DPI", "", Place::Anywhere),
    ("PPI", "", Place::Anywhere),
    ("FLOPS", "M G T P E", Place::Anywhere),
    ("TOPS", "", Place::Anywhere),
    ("QPS", "", Place::Anywhere),
    ("TPS", "", Place::Anywhere),
    ("IOPS", "", Place::Anywhere),
    ("K", "", Place::Above),
    ("M", "", Place::Above),
    ("G", "", Place::Above),
    // Parts and finance.
    ("ppm", "", Place::Anywhere),
    ("ppb", "", Place::Anywhere),
    ("bp", "", Place::Anywhere),
    ("BP", "", Place::Anywhere),
    ("bps", "", Place::Anywhere),
    ("BPs", "", Place::Anywhere),
    ("pct", "", Place::Anywhere),
    ("pp", "", Place::Anywhere),
    ("pts", "", Place::Anywhere),
    ("mn", "", Place::Anywhere),
    ("bn", "", Place::Anywhere),
    ("tn", "", Place::Anywhere),
    ("w", "", Place::Anywhere),
    ("RMB", "", Place::Anywhere),
    ("CNY", "", Place::Anywhere),
    ("USD", "", Place::Anywhere),
    ("EUR", "", Place::Anywhere),
    ("JPY", "", Place::Anywhere),
    ("GBP", "", Place::Anywhere),
    ("HKD", "", Place::Anywhere),
    ("TWD", "", Place::Anywhere),
    ("NTD", "", Place::Anywhere),
    // Customary units.
    ("in", "", Place::Anywhere),
    ("inch", "", Place::Anywhere),
    ("ft", "", Place::Anywhere),
    ("yd", "", Place::Anywhere),
    ("mi", "", Place::Anywhere),
    ("mph", "", Place::Anywhere),
    ("kph", "", Place::Anywhere),
    ("kn", "", Place::Anywhere),
    ("lb", "", Place::Anywhere),
    ("lbs", "", Place::Anywhere),
    ("oz", "", Place::Anywhere),
    ("gal", "", Place::Anywhere),
    ("pt", "", Place::Anywhere),
    ("ct", "", Place::Anywhere),
    ("hp", "", Place::Anywhere),
    ("psi", "", Place::Anywhere),
    ("PSI", "", Place::Anywhere),
];

/// The length of the unit with which `text` begins, after which no letter and no digit follows:
/// a symbol, or several with `/` or `·` between.
pub(super) fn unit(text: &str) -> Option<usize> {
    let (mut end, place) = symbol(text)?;
    let mut is_unit = place == Place::Anywhere;
    while let Some(rest) = text[end..].strip_prefix(['/', '／', '·']) {
        match symbol(rest) {
            Some((len, Place::Anywhere | Place::Below)) => end = text.len() - rest.len() + len,
            _ => break,
        }
        is_unit = true;
    }
    let is_unit = is_unit && place != Place::Below;
    (is_unit && is_boundary(text, end)).then_some(end)
}

/// The length of the symbol with which `text` begins, with its exponent, and where it may stand.
fn symbol(text: &str) -> Option<(usize, Place)> {
    // A square of several letters: ㎡, ㎏.
    if let Some(square) = text.chars().next().filter(|c| ('\u{3380}'..='\u{33DF}').contains(c)) {
        return Some((square.len_utf8(), Place::Anywhere));
    }
    let is_letter =
        |c: char| matches!(narrow(c), 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | 'μ' | 'Ω' | '°' | '℃' | '℉');
    let mut run = chars_while_at_most(text, LONGEST, is_letter)?;
    let is_letter_after =
        text[run..].chars().next().is_some_and(|c| matches!(Kind::of(c), Kind::Latin | Kind::Letters));
    if run == 0 || is_letter_after {
        return None;
    }
    let mut buffer = [0; 4 * LONGEST];
    let mut len = 0;
    for c in text[..run].chars() {
        len += narrow(c).encode_utf8(part_mut(&mut buffer, len)).len();
    }
    let symbol = std::str::from_utf8(part(&buffer, ..len)).ok()?;
    run += text[run..].chars().next().filter(|c| matches!(c, '²' | '³')).map_or(0, char::len_utf8);
    let place = place_of(symbol).or_else(|| place_of(symbol.strip_suffix(['2', '3'])?))?;
    Some((run, place))
}

/// The letter of a full-width one, and one sign for two that look alike.
fn narrow(c: char) -> char {
    match c {
        'µ' => 'μ',
        '\u{2126}' => 'Ω',
        _ => crate::text::codes::narrow(c),
    }
}

fn part_mut(buffer: &mut [u8], from: usize) -> &mut [u8] {
    buffer.get_mut(from..).unwrap_or_default()
}

fn place_of(symbol: &str) -> Option<Place> {
    UNITS.iter().find_map(|&(unit, prefixes, place)| {
        let prefix = symbol.strip_suffix(unit)?;
        // A lone `B` or `b` is a name.
        let place = if prefix.is_empty() && matches!(unit, "B" | "b") { Place::Above } else { place };
        (prefix.is_empty() || prefixes.split(' ').any(|known| known == prefix)).then_some(place)
    })
}
