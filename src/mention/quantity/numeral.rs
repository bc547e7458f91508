//! Numbers as written: digits, words, fractions, scales. A token index goes in, a value and the next index come out.

use rust_decimal::Decimal;

use crate::rule::measure::{Reading, word};

/// A number that has been read, without unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// The number, scale included; for "tens of thousands" the lower end.
    pub(super) value: Decimal,
    /// The upper end of a vague plural.
    pub(super) high: Option<Decimal>,
    /// One unit of the last place as written, after scaling.
    pub(super) step: Decimal,
    /// What scale words multiplied it by; 1 when there were none.
    pub(super) scale: Decimal,
    /// Token behind it.
    pub(super) end: usize,
    /// "third", "3rd".
    pub(super) ordinal: bool,
    /// The last token is digits, or a suffix that adjoins them.
    pub(super) digits: bool,
    /// A whole number in plain digits, without grouping, sign, point or scale.
    pub(super) plain: bool,
    /// A half, two thirds: no count.
    pub(super) fraction: bool,
    /// The single word "one".
    pub(super) pronoun: bool,
}

impl Numeral {
    fn new(value: Decimal, step: Decimal, end: usize) -> Self {
        Numeral {
            value,
            high: None,
            step,
            scale: Decimal::ONE,
            end,
            ordinal: false,
            digits: false,
            plain: false,
            fraction: false,
            pronoun: false,
        }
    }

    /// The number before its scale words.
    pub(super) fn base(&self) -> Decimal {
        self.value.checked_div(self.scale).unwrap_or(self.value)
    }

    /// Takes over a scale that was written once, behind the other end of a range.
    pub(super) fn scaled(mut self, scale: Decimal) -> Option<Self> {
        self.value = self.value.checked_mul(scale)?;
        self.step = self.step.checked_mul(scale)?;
        self.scale = scale;
        Some(self)
    }
}

/// The number that begins at a token, with its scale. `money` allows the suffixes that only sums take.
pub(super) fn numeral(r: &Reading<'_>, at: usize, money: bool) -> Option<Numeral> {
    let signed = match r.word(at) {
        word::HYPHEN | word::MINUS_SIGN | word::EN_DASH if r.is_number(at + 1) && r.glued(at + 1) => {
            let apart = !r.glued(at) || matches!(r.before(at), word::OPEN | word::DOLLAR | word::BRACKET);
            apart.then_some(at + 1)
        }
        word::MINUS | word::NEGATIVE => Some(if r.hyphen(at + 1) { at + 2 } else { at + 1 }),
        _ => None,
    };
    let mut n = unsigned(r, signed.unwrap_or(at), money)?;
    if signed.is_some() {
        if n.high.is_some() || n.ordinal {
            return None;
        }
        n.value = -n.value;
        n.plain = false;
        n.pronoun = false;
    }
    Some(n)
}

fn unsigned(r: &Reading<'_>, at: usize, money: bool) -> Option<Numeral> {
    if let Some(n) = vague(r, at) {
        return Some(n);
    }
    let n = match () {
        () if r.is_number(at) => digits(r, at)?,
        () if r.word(at) == word::DOT && r.is_number(at + 1) && r.glued(at + 1) => {
            if r.glued(at) && at > 0 && !matches!(r.before(at), word::OPEN | word::DOLLAR | word::HYPHEN) {
                return None;
            }
            let raw = r.raw(at + 1);
            let value = format!("0.{raw}").parse().ok()?;
            let step = Decimal::new(1, u32::try_from(raw.len()).ok().filter(|&n| n <= 28)?);
            Numeral { digits: true, ..Numeral::new(value, step, at + 2) }
        }
        () => match vulgar(r.raw(at)) {
            Some(part) => Numeral { digits: true, fraction: true, ..Numeral::new(part, part, at + 1) },
            None => words(r, at)?,
        },
    };
    let n = and_part(r, n).unwrap_or(n);
    Some(scales(r, n, money))
}

/// Digits of one token, with a vulgar fraction behind them.
fn digits(r: &Reading<'_>, at: usize) -> Option<Numeral> {
    let raw = r.raw(at);
    let (value, step) = parse_digits(raw)?;
    let mut n = Numeral::new(value, step, at + 1);
    n.digits = true;
    n.plain = raw.bytes().all(|b| b.is_ascii_digit());
    if let Some(part) = vulgar(r.raw(at + 1)) {
        return Some(Numeral { value: value.checked_add(part)?, step: part, end: at + 2, plain: false, ..n });
    }
    if let Some(suffix) = r.glued(at + 1).then(|| r.word(at + 1)).filter(|_| n.plain) {
        let last = raw.as_bytes().last().copied().unwrap_or(b'0');
        let fits = match suffix {
            word::ST => last == b'1',
            word::ND => last == b'2',
            word::RD => last == b'3',
            word::TH => true,
            _ => false,
        };
        if fits {
            return Some(Numeral { ordinal: true, end: at + 2, plain: false, ..n });
        }
    }
    // 1/2, and 10 1/2; 9/11 and 24/7 are none.
    if let Some((part, end)) = slashed(r, at) {
        return Some(Numeral { value: part, step: part, end, plain: false, fraction: true, ..n });
    }
    if n.plain
        && !r.glued(at + 1)
        && let Some((part, end)) = slashed(r, at + 1)
    {
        return Some(Numeral { value: value.checked_add(part)?, step: part, end, plain: false, ..n });
    }
    // 1.5x10^6, 1.5 × 10^6
    if let Some(found) = power(r, &n) {
        return found.map(|(value, step, end)| Numeral { value, step, end, plain: false, ..n });
    }
    // 1 234 567 with narrow spaces, or with plain ones when there are two or more groups.
    if let Some((value, end)) = spaced(r, at) {
        return Some(Numeral { value, end, plain: false, ..n });
    }
    Some(n)
}

/// Digits with grouping and point; the step is one in the last place.
pub(super) fn parse_digits(raw: &str) -> Option<(Decimal, Decimal)> {
    let (whole, part) = match raw.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (raw, None),
    };
    if part.is_some_and(|p| p.bytes().any(|b| !b.is_ascii_digit())) || raw.len() > 40 {
        return None;
    }
    let mut groups = whole.split(',').rev();
    let last = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() {
        let inner = rest.split_last().map_or(&[][..], |(_, inner)| inner);
        let fits = last.len() == 3
            && (inner.iter().all(|g| g.len() == 3) || inner.iter().all(|g| g.len() == 2))
            && rest.last().is_some_and(|g| (1..=3).contains(&g.len()) && *g != "0");
        if !fits {
            return None;
        }
    }
    let plain: String = raw.chars().filter(|&c| c != ',').collect();
    let value = plain.parse::<Decimal>().ok()?;
    let places = part.map_or(0, str::len);
    Some((value, Decimal::new(1, u32::try_from(places).ok().filter(|&p| p <= 28)?)))
}

fn vulgar(raw: &str) -> Option<Decimal> {
    let mut chars = raw.chars();
    let (a, b) = match (chars.next()?, chars.next()) {
        ('½', None) => (1, 2),
        ('⅓', None) => (1, 3),
        ('⅔', None) => (2, 3),
        ('¼', None) => (1, 4),
        ('¾', None) => (3, 4),
        ('⅕', None) => (1, 5),
        ('⅛', None) => (1, 8),
        ('⅜', None) => (3, 8),
        ('⅝', None) => (5, 8),
        ('⅞', None) => (7, 8),
        _ => return None,
    };
    Decimal::from(a).checked_div(Decimal::from(b))
}

fn slashed(r: &Reading<'_>, at: usize) -> Option<(Decimal, usize)> {
    let joined = r.is_number(at) && matches!(r.raw(at + 1), "/" | "⁄") && r.is_number(at + 2);
    if !joined || !r.glued(at + 1) || !r.glued(at + 2) || (r.word(at + 3) == word::SLASH && r.glued(at + 3)) {
        return None;
    }
    if at > 0 && r.glued(at) && r.before(at) == word::SLASH {
        return None;
    }
    let (a, b): (u32, u32) = (r.raw(at).parse().ok()?, r.raw(at + 2).parse().ok()?);
    let usual = matches!(b, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 12 | 16 | 20 | 32 | 64 | 100 | 128);
    if !usual && r.raw(at + 1) == "/" || a >= b || a == 0 {
        return None;
    }
    Some((Decimal::from(a).checked_div(Decimal::from(b))?, at + 3))
}

/// Digits in groups of three with spaces between them.
fn spaced(r: &Reading<'_>, at: usize) -> Option<(Decimal, usize)> {
    let head = r.raw(at);
    if head.len() > 3 || head.starts_with('0') || !head.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut all = head.to_owned();
    let (mut i, mut narrow) = (at + 1, true);
    while r.is_number(i) && i - at < 9 {
        let gap = r.gap(i);
        let raw = r.raw(i);
        let digits = raw.split('.').next().unwrap_or_default();
        let plain = gap == " ";
        if !plain && !matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}") || digits.len() != 3 || raw.contains(',') {
            break;
        }
        narrow &= !plain;
        all.push_str(raw);
        i += 1;
        if raw.contains('.') {
            break;
        }
    }
    let groups = i - at - 1;
    let fits = groups >= 2 || groups == 1 && narrow;
    all.parse().ok().filter(|_| fits).map(|v| (v, i))
}

/// A power of ten.
type Power = (Decimal, Decimal, usize);

/// `x10^6`, `× 10^6`, `x 10^-3`, `×10−5` behind a number; the inner `None` is one too small or large to be held.
fn power(r: &Reading<'_>, n: &Numeral) -> Option<Option<Power>> {
    let mut i = n.end;
    if matches!(r.raw(i), "x10" | "X10") {
        i += 1;
    } else if matches!(r.raw(i), "x" | "×" | "*") && r.raw(i + 1) == "10" {
        i += 2;
    } else {
        return None;
    }
    let caret = r.raw(i) == "^";
    i += usize::from(caret);
    let minus = matches!(r.word(i), word::HYPHEN | word::MINUS_SIGN) && r.glued(i);
    i += usize::from(minus);
    if !caret && !minus || !r.is_number(i) {
        return None;
    }
    Some(ten_to(r.raw(i), minus).and_then(|by| Some((n.value.checked_mul(by)?, n.step.checked_mul(by)?, i + 1))))
}

fn ten_to(exponent: &str, minus: bool) -> Option<Decimal> {
    let exponent: u32 = exponent.parse().ok().filter(|e| *e <= 20)?;
    let mut by = Decimal::ONE;
    for _ in 0..exponent {
        by = by.checked_mul(Decimal::TEN)?;
    }
    if minus { Decimal::ONE.checked_div(by) } else { Some(by) }
}

/// Number words up to trillions, ordinals, fractions, "a dozen", "half a million".
fn words(r: &Reading<'_>, at: usize) -> Option<Numeral> {
    let first = r.sense(at);
    let article = matches!(r.word(at), word::A | word::AN);
    if r.word(at) == word::HALF {
        return half(r, at);
    }
    if article {
        return article_number(r, at);
    }
    let started = first.cardinal.is_some() || first.ordinal.is_some();
    if !started {
        return None;
    }
    if r.word(at) == word::HUNDRED || (r.sense(at).cardinal == Some(100)) {
        return None;
    }
    cardinal(r, at, None)
}

/// "a hundred", "a dozen", "a couple of", "a third of", "a million", "a half".
fn article_number(r: &Reading<'_>, at: usize) -> Option<Numeral> {
    let next = r.sense(at + 1);
    if next.cardinal == Some(100) || next.scale.is_some() {
        return cardinal(r, at + 1, Some(1));
    }
    if matches!(r.word(at + 1), word::COUPLE) {
        let end = if r.word(at + 2) == word::OF { at + 3 } else { at + 2 };
        let scale = r.sense(end).scale.or(Some(Decimal::ONE).filter(|_| r.sense(end).cardinal == Some(100)));
        let n = Numeral::new(Decimal::TWO, Decimal::ONE, end);
        return match scale {
            Some(_) if r.sense(end).cardinal == Some(100) => Numeral { end: end + 1, ..n }.scaled(Decimal::ONE_HUNDRED),
            _ => (r.word(at + 2) == word::OF || scale.is_some()).then_some(n),
        };
    }
    let whole = next.fraction?;
    if r.word(at + 2) != word::OF {
        return None;
    }
    let value = Decimal::ONE.checked_div(whole)?;
    let n = Numeral { fraction: true, ..Numeral::new(value, value, at + 2) };
    // "a quarter of a million"
    let scaled = matches!(r.word(at + 3), word::A | word::AN).then(|| r.sense(at + 4).scale).flatten();
    match scaled {
        Some(scale) => Numeral { fraction: false, end: at + 5, ..n }.scaled(scale),
        None => Some(n),
    }
}

/// "half a million", "half a dozen", "half of", "half the", "half an hour" (the article is then the unit's).
fn half(r: &Reading<'_>, at: usize) -> Option<Numeral> {
    if r.sense_before(at).ordinal.is_some() || matches!(r.before(at), word::THE | word::HYPHEN) {
        return None;
    }
    let value = Decimal::new(5, 1);
    let mut n = Numeral { fraction: true, ..Numeral::new(value, value, at + 1) };
    let article = matches!(r.word(at + 1), word::A | word::AN);
    let skip = if article || r.hyphen(at + 1) { 2 } else { 1 };
    if let Some(scale) = r.sense(at + skip).scale {
        n.end = at + skip + 1;
        n.fraction = false;
        return n.scaled(scale);
    }
    if article && r.sense(at + 2).cardinal == Some(100) {
        n.end = at + 3;
        return n.scaled(Decimal::ONE_HUNDRED);
    }
    if article && r.unit(at + 2).is_some() {
        n.end = at + 2;
        return Some(n);
    }
    let determined = r
        .unit(at + 1)
        .is_some_and(|(a, end)| a.guard == crate::rule::measure::Guard::Free && !r.hyphen(end) && !r.is_word(end))
        || matches!(r.word(at + 1), word::OF | word::THE | word::ITS | word::AS)
        || r.hyphen(at + 1) && r.unit(at + 2).is_some();
    determined.then_some(n)
}

/// Cardinal words from `at`; `start` is 1 behind an article. Ends in a cardinal, a scale, an ordinal or a fraction.
fn cardinal(r: &Reading<'_>, at: usize, start: Option<u32>) -> Option<Numeral> {
    let (mut total, mut current) = (Decimal::ZERO, start.map(Decimal::from));
    let mut limit = Decimal::MAX;
    let (mut i, mut end, mut step) = (at, at, Decimal::ONE);
    // Value of the last small word: 1 units, 2 teens, 3 tens, 4 hundred, 5 scale, 0 none.
    let mut last = if start.is_some() { 1 } else { 0 };
    let mut scale = Decimal::ONE;
    let mut ordinal = false;
    loop {
        // "and" behind hundreds and scales, a hyphen behind tens.
        let mut j = i;
        if j > at {
            let dashed = r.dash(j) && r.glued(j) && r.glued(j + 1);
            let and = r.word(j) == word::AND && last >= 4 && r.sense(j + 1).cardinal.is_some_and(|c| c < 100);
            j += usize::from(dashed || and);
        }
        let sense = r.sense(j);
        if let Some(value) = sense.cardinal {
            let kind = match value {
                100 => 4,
                20..=90 => 3,
                10..=19 => 2,
                _ => 1,
            };
            let fits = match kind {
                1 => matches!(last, 0 | 3 | 4 | 5) && (value > 0 || last == 0),
                2 | 3 => matches!(last, 0 | 4 | 5),
                _ => matches!(last, 1..=3) && current.is_some_and(|c| c < Decimal::ONE_HUNDRED),
            };
            if !fits || (j > i && kind == 4 && r.word(i) == word::AND) {
                break;
            }
            if kind == 4 {
                current = current.and_then(|c| c.checked_mul(Decimal::ONE_HUNDRED));
                step = Decimal::ONE_HUNDRED;
            } else {
                current = current.unwrap_or_default().checked_add(Decimal::from(value));
                step = Decimal::ONE;
            }
            last = kind;
        } else if let Some(by) = sense.scale.filter(|_| last > 0 && (j == i || r.word(i) != word::AND)) {
            // Scales fall: "two million three hundred thousand", never the other way round.
            if by >= limit && (last == 5 || by > Decimal::ONE_THOUSAND) {
                break;
            }
            total = total.checked_add(current.unwrap_or(Decimal::ONE).checked_mul(by)?)?;
            current = None;
            limit = by;
            scale = by;
            step = step.checked_mul(by)?;
            last = 5;
        } else if let Some(value) = sense.ordinal {
            // "thirty-first"; behind a unit it is a denominator: "two thirds"
            let fits = last == 0 || (value < Decimal::TEN && last == 3) || (value < Decimal::ONE_HUNDRED && last >= 4);
            if !fits {
                if last > 0 && last < 4 && value >= Decimal::ONE_HUNDRED {
                    current = current.unwrap_or_default().checked_mul(value);
                    ordinal = true;
                    end = j + 1;
                }
                break;
            }
            current = current.unwrap_or_default().checked_add(value);
            ordinal = true;
            end = j + 1;
            break;
        } else {
            break;
        }
        i = j + 1;
        end = i;
    }
    if end == at {
        return None;
    }
    let value = total.checked_add(current.unwrap_or_default())?;
    let scale = if current.is_none() { scale } else { Decimal::ONE };
    let mut n = Numeral { scale, ordinal, ..Numeral::new(value, step, end) };
    n.pronoun = !ordinal && end == at + 1 && r.word(at) == word::ONE;
    if !ordinal {
        if let Some(f) = parts(r, &n, end) {
            return Some(f);
        }
        // "one point five"
        if r.word(end) == word::POINT && r.sense(end + 1).cardinal.is_some_and(|c| c < 10) {
            return points(r, n);
        }
    }
    Some(n)
}

/// "two thirds", "three-quarters", "one-fifth" behind the numerator.
fn parts(r: &Reading<'_>, n: &Numeral, end: usize) -> Option<Numeral> {
    let j = if r.hyphen(end) { end + 1 } else { end };
    let whole = r.sense(j).fraction?;
    let plural = r.raw(j).ends_with(['s', 'S']);
    if n.value >= Decimal::ONE_HUNDRED || plural != (n.value > Decimal::ONE) || n.value >= whole {
        return None;
    }
    // "three quarters" of a year may be meant; "of" or a hyphen tells the fraction.
    let quarter = r.word(j) == word::QUARTER || whole == Decimal::from(4);
    if quarter && j == end && r.word(j + 1) != word::OF && r.word(j + 1) != word::THE {
        return None;
    }
    let value = n.value.checked_div(whole)?;
    let step = Decimal::ONE.checked_div(whole)?;
    Some(Numeral { value, step, end: j + 1, fraction: true, pronoun: false, ..*n })
}

/// "five point two five" behind "five".
fn points(r: &Reading<'_>, mut n: Numeral) -> Option<Numeral> {
    let mut place = Decimal::ONE;
    n.end += 1;
    while let Some(digit) = r.sense(n.end).cardinal.filter(|&c| c < 10) {
        place = place.checked_div(Decimal::TEN)?;
        n.value = n.value.checked_add(place.checked_mul(Decimal::from(digit))?)?;
        n.end += 1;
        if n.end > 60 && place < Decimal::new(1, 20) {
            break;
        }
    }
    n.step = place;
    n.pronoun = false;
    Some(n)
}

/// "and a half", "and three quarters" behind a whole number.
fn and_part(r: &Reading<'_>, n: Numeral) -> Option<Numeral> {
    if r.word(n.end) != word::AND || n.fraction || n.ordinal {
        return None;
    }
    let j = n.end + 1;
    let (parts, at) = match r.sense(j).cardinal {
        Some(c) if c < 20 => (Decimal::from(c), if r.hyphen(j + 1) { j + 2 } else { j + 1 }),
        _ if matches!(r.word(j), word::A | word::AN) => (Decimal::ONE, j + 1),
        _ => return None,
    };
    let whole = r.sense(at).fraction?;
    if parts >= whole {
        return None;
    }
    let part = parts.checked_div(whole)?.checked_mul(n.scale)?;
    // A half is written 0.5 in digits, a quarter 0.25: one more place than the whole.
    let step = n.step.checked_div(Decimal::TEN)?;
    Some(Numeral {
        value: n.value.checked_add(part)?,
        step,
        end: at + 1,
        plain: false,
        digits: false,
        pronoun: false,
        ..n
    })
}

/// Scale words and suffixes behind a number.
fn scales(r: &Reading<'_>, n: Numeral, money: bool) -> Numeral {
    let mut n = n;
    if n.ordinal {
        return n;
    }
    for _ in 0..3 {
        let j = if r.hyphen(n.end) { n.end + 1 } else { n.end };
        let mut by =
            r.sense(j).scale.or_else(|| (r.word(j) == word::HUNDRED && n.digits).then_some(Decimal::ONE_HUNDRED));
        if by.is_some() && (n.fraction && !n.digits) {
            by = None;
        }
        let exact = r.lex.get(j).map_or(0, |l| l.exact);
        let sense = r.measures.sense(exact);
        let tight = r.glued(j);
        let suffix = n.digits && n.scale == Decimal::ONE;
        if by.is_none() && suffix {
            let long = r.raw(j).len() > 1;
            by = sense.suffix.filter(|_| tight || long || money);
            by = by.filter(|_| long || money || !(r.raw(j) == "K" && n.value < Decimal::TEN && n.plain));
            if by.is_none() && money {
                by = sense.money_suffix;
            }
        }
        let Some(by) = by else { break };
        let (Some(value), Some(step)) = (n.value.checked_mul(by), n.step.checked_mul(by)) else { break };
        let scale = n.scale.checked_mul(by).unwrap_or(by);
        n = Numeral { value, step, scale, end: j + 1, plain: false, pronoun: false, ..n };
    }
    if n.scale > Decimal::ONE
        && !n.fraction
        && let Some(more) = and_part(r, n)
    {
        return more;
    }
    n
}

/// "tens of thousands", "tens or hundreds of millions", "dozens of", "millions".
fn vague(r: &Reading<'_>, at: usize) -> Option<Numeral> {
    let mut low = r.sense(at).vague?;
    let (mut high, mut i) = (low, at + 1);
    if matches!(r.word(i), word::OR | word::TO | word::AND)
        && let Some(second) = r.sense(i + 1).vague.filter(|&s| s > low)
    {
        (high, i) = (second, i + 2);
    }
    high = high.checked_mul(Decimal::TEN)?;
    let mut scale = Decimal::ONE;
    let mut times = false;
    for _ in 0..3 {
        if r.word(i) != word::OF {
            break;
        }
        let Some(by) = r.sense(i + 1).vague.filter(|&v| v > Decimal::TEN) else { break };
        (low, high, scale) = (low.checked_mul(by)?, high.checked_mul(by)?, scale.checked_mul(by)?);
        i += 2;
        times = true;
    }
    // A bare "tens" or "thousands" counts something: an "of" or a noun has to follow, no "the thousands".
    if !times && (matches!(r.before(at), word::THE | word::HYPHEN) || r.word(i) == 0 && !r.is_word(i)) {
        return None;
    }
    if !times && low < Decimal::from(50) && low != Decimal::from(12) && r.word(i) != word::OF {
        return None; // "he scores", "tens"
    }
    let step = low;
    Some(Numeral { high: Some(high), scale, ..Numeral::new(low, step, i) })
}
