//! Units after numbers.
//!
//! Sources: the SI Brochure, 9th edition, tables 2 to 8 (units, prefixes, and units accepted beside
//! the SI); UCUM for medicine and for customary units; IEC 80000-13 for data; ISO 4217 for
//! currencies. The lists also have the forms that Chinese texts write instead (`KB`, `kw`, `bps`).

use super::is_boundary;
use crate::text::Origin;
use crate::text::scan::chars_while_at_most;

/// The length of the longest symbol, in characters.
const LONGEST: usize = 8;

/// The places where a symbol may occur.
#[derive(Clone, Copy, PartialEq)]
enum UnitPlace {
    /// After a number, and in a quotient: `5kg`, `5mg/kg`.
    Anywhere,
    /// Only before `/`, since `5G`, `4M` and `2B` are names: `40U/L`, `5B/s`.
    Above,
    /// Only after `/`: `5mg/d`.
    Below,
}

/// Symbols, their prefixes, and their places. Case matters. If several lines have a symbol, the
/// first one counts.
const UNITS: &[(&[&str], &str, UnitPlace)] = &[
    // Base and derived units of the SI. Lone letters that name products and sizes are left out.
    (&["m"], "k h d c m μ n u", UnitPlace::Anywhere),
    (&["g"], "k m μ n p u mc", UnitPlace::Anywhere),
    (&["s"], "m μ n p f u", UnitPlace::Anywhere),
    (&["A"], "k m μ n u", UnitPlace::Anywhere),
    (&["mol"], "k m μ n p u", UnitPlace::Anywhere),
    (&["cd"], "m k", UnitPlace::Anywhere),
    (&["V"], "k M m μ u", UnitPlace::Anywhere),
    (&["W"], "k K M G T m μ u", UnitPlace::Anywhere),
    (&["J"], "k M G m", UnitPlace::Anywhere),
    (&["N", "Ω", "ohm"], "k M m", UnitPlace::Anywhere),
    (&["Nm"], "k m", UnitPlace::Anywhere),
    (&["Hz"], "k K M G T m", UnitPlace::Anywhere),
    (&["lm", "lx"], "k", UnitPlace::Anywhere),
    (&["Wb"], "m", UnitPlace::Anywhere),
    (&["Bq"], "k M G T", UnitPlace::Anywhere),
    (&["Gy"], "m c μ", UnitPlace::Anywhere),
    (&["Sv"], "m μ u", UnitPlace::Anywhere),
    (&["°C", "°F", "°", "℃", "℉"], "", UnitPlace::Anywhere),
    (&["K"], "", UnitPlace::Below),
    // Symbols that need a prefix, since the letter alone has another meaning.
    (&["pF", "nF", "μF", "uF", "mH", "μH", "mT", "mS", "μS", "mK"], "", UnitPlace::Anywhere),
    // Beside the SI.
    (&["min", "h", "hr", "hrs", "cc", "ha", "atm", "kw", "nit", "nits", "kgf"], "", UnitPlace::Anywhere),
    (&["dB", "dBm", "dBi", "dBA", "rpm", "RPM"], "", UnitPlace::Anywhere),
    (&["d", "day", "wk"], "", UnitPlace::Below),
    (&["r"], "", UnitPlace::Above),
    (&["L", "l"], "k h d c m μ n f u", UnitPlace::Anywhere),
    (&["t"], "k K M G", UnitPlace::Anywhere),
    (&["Pa"], "h k M G m", UnitPlace::Anywhere),
    (&["bar", "Ah"], "m k", UnitPlace::Anywhere),
    (&["eV"], "k M G T m", UnitPlace::Anywhere),
    (&["Wh"], "k K M G T m", UnitPlace::Anywhere),
    (&["VA", "var"], "k M", UnitPlace::Anywhere),
    (&["Wp"], "k M G", UnitPlace::Anywhere),
    // Medicine.
    (&["mmHg", "cmH2O", "mmH2O", "mU", "Cal", "bpm", "cfu", "CFU", "kDa", "Da", "HU"], "", UnitPlace::Anywhere),
    (&["U"], "", UnitPlace::Above),
    (&["IU"], "k M m μ", UnitPlace::Anywhere),
    (&["Eq", "Osm"], "m", UnitPlace::Anywhere),
    (&["cal"], "k K", UnitPlace::Anywhere),
    (&["Ci"], "m μ", UnitPlace::Anywhere),
    // Data.
    (&["bits", "fps", "px", "dpi", "ppi", "DPI", "PPI", "TOPS", "QPS", "TPS", "IOPS"], "", UnitPlace::Anywhere),
    (&["B", "b", "M", "G"], "", UnitPlace::Above),
    (&["B"], "k K M G T P E Z Ki Mi Gi Ti Pi", UnitPlace::Anywhere),
    (&["b", "bit", "bps"], "k K M G T", UnitPlace::Anywhere),
    (&["Bps"], "k K M G", UnitPlace::Anywhere),
    (&["FLOPS"], "M G T P E", UnitPlace::Anywhere),
    // Parts and finance.
    (&["ppm", "ppb", "bp", "BP", "BPs", "pct", "pp", "pts", "mn", "bn", "tn", "w"], "", UnitPlace::Anywhere),
    (&["RMB", "CNY", "USD", "EUR", "JPY", "GBP", "HKD", "TWD", "NTD"], "", UnitPlace::Anywhere),
    // Customary units.
    (&["in", "inch", "ft", "yd", "mi", "mph", "kph", "kn", "hp", "psi", "PSI"], "", UnitPlace::Anywhere),
    (&["lb", "lbs", "oz", "gal", "pt", "ct"], "", UnitPlace::Anywhere),
];

/// Returns the length of the unit that `text` begins with: a symbol, or several with `/` or `·`
/// between them. No letter or digit may follow.
pub(super) fn unit(text: &str) -> Option<usize> {
    let (mut end, first) = symbol(text).filter(|&(_, place)| place != UnitPlace::Below)?;
    let mut is_unit = first == UnitPlace::Anywhere;
    while let Some(rest) = text[end..].strip_prefix(['/', '／', '·']) {
        let Some((len, UnitPlace::Anywhere | UnitPlace::Below)) = symbol(rest) else { break };
        end = text.len() - rest.len() + len;
        is_unit = true;
    }
    (is_unit && is_boundary(text, end)).then_some(end)
}

/// Returns the length of the symbol that `text` begins with, including its exponent, and the place
/// where the symbol may occur.
fn symbol(text: &str) -> Option<(usize, UnitPlace)> {
    // A square character of several letters: ㎡, ㎏.
    if let Some(square) = text.chars().next().filter(|c| ('\u{3380}'..='\u{33DF}').contains(c)) {
        return Some((square.len_utf8(), UnitPlace::Anywhere));
    }
    let is_letter =
        |c: char| matches!(narrow(c), 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | 'μ' | 'Ω' | '°' | '℃' | '℉');
    let mut run = chars_while_at_most(text, LONGEST, is_letter)?;
    let is_letter_after =
        text[run..].chars().next().is_some_and(|c| matches!(Origin::of_char(c), Origin::Latin | Origin::Letters));
    if run == 0 || is_letter_after {
        return None;
    }
    let symbol: String = text[..run].chars().map(narrow).collect();
    run += text[run..].chars().next().filter(|c| matches!(c, '²' | '³')).map_or(0, char::len_utf8);
    let place = place_of(&symbol).or_else(|| place_of(symbol.strip_suffix(['2', '3'])?))?;
    Some((run, place))
}

/// Returns the ASCII form of a full-width letter, and one form of letters that look alike.
fn narrow(c: char) -> char {
    match c {
        'µ' => 'μ',
        '\u{2126}' => 'Ω',
        _ => crate::text::codes::narrow(c),
    }
}

fn place_of(symbol: &str) -> Option<UnitPlace> {
    let line = UNITS.iter().find(|(units, prefixes, _)| {
        let mut before_unit = units.iter().filter_map(|unit| symbol.strip_suffix(unit));
        before_unit.any(|prefix| prefix.is_empty() || prefixes.split(' ').any(|known| known == prefix))
    });
    line.map(|&(.., place)| place)
}
