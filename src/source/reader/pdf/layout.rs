//! The lines of a page in the order in which they are read.
//!
//! Comes in: the runs of a page. Goes out: its lines from top to bottom, the left one of two columns before the right
//! one, each with the parts into which wide gaps divide it.

use super::content::Run;

/// How far base lines of one line may differ, in heights of the font.
const LEVEL: f64 = 0.35;
/// How far small words are raised or lowered at most, and how far they stand from those beside them, in heights of the
/// font.
const FAR: f64 = 0.7;
const NEXT: f64 = 0.35;
/// Most pieces of small words of one line.
const MOST_SMALL: usize = 12;
/// How far small words are raised that are notes or powers, and how small they are, in heights of the font.
const RAISED: f64 = 0.2;
const SMALL: f64 = 0.8;
/// A gap that divides a line into parts, in heights of the font.
const WIDE: f64 = 0.8;
/// A gap without a space drawn in it that is one, in heights of the font, in a line that draws no spaces and in one
/// that does.
const SPACE: (f64, f64) = (0.13, 0.25);
/// Characters drawn twice so close to each other, in heights of the font, are drawn once, and bold.
const TWICE: f64 = 0.1;
/// Fewest lines that either column has.
const FEWEST: usize = 4;
/// How much of the width of a column a line of prose fills at least, how many characters it has at least, and one of
/// how many lines of a column is such a line: those of a table are shorter.
const FILLED: f64 = 0.6;
const SHORTEST: usize = 14;
const PROSE: usize = 3;
/// Of how many lines one may cross the gap between columns.
const CROSSING: usize = 2;
/// How often columns may be divided in columns.
const DEEPEST: u32 = 3;
/// Places at which a gap between columns is looked for.
const PLACES: u32 = 120;

/// A part of a line that no wide gap divides.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) words: String,
    /// Base line, height of the font of most characters, and whether all of them are bold.
    base: f64,
    size: f64,
    bold: bool,
}

/// A line of a page or of a column of it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) parts: Vec<Part>,
    /// Height of its base line in points.
    pub(super) base: f64,
    /// Height of most of its characters in points.
    pub(super) size: f64,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// Number of the page from 0, and of the column on it from 0.
    pub(super) page: usize,
    pub(super) column: usize,
}

impl Line {
    /// A line of some parts; the longest gives it its height.
    fn new(parts: Vec<Part>, page: usize) -> Option<Line> {
        let longest = parts.iter().max_by_key(|p| p.words.len())?;
        let (base, size, bold) = (longest.base, longest.size, parts.iter().all(|p| p.bold));
        Some(Line { parts, base, size, bold, page, column: 0 })
    }

    pub(super) fn start(&self) -> f64 {
        self.parts.first().map_or(0.0, |p| p.start)
    }

    pub(super) fn end(&self) -> f64 {
        self.parts.last().map_or(0.0, |p| p.end)
    }

    /// All of its words.
    pub(super) fn words(&self) -> String {
        self.parts.iter().map(|p| p.words.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn characters(&self) -> usize {
        self.parts.iter().map(|p| p.words.chars().count()).sum()
    }
}

/// The lines of a page.
pub(super) fn lines(runs: Vec<Run>, page: usize) -> Vec<Line> {
    let rows = rows(level(runs), page);
    let mut out = Vec::new();
    order(rows, 0, &mut out);
    out
}

/// The runs that are text, turned so that they are level. What stands crosswise to most of the page is left out, and so
/// is what the page itself says is no part of its text.
fn level(mut runs: Vec<Run>) -> Vec<Run> {
    if runs.iter().any(|r| !r.artifact) {
        runs.retain(|r| !r.artifact);
    }
    let mut turns = [0usize; 4];
    for run in &runs {
        turns[usize::from(run.turn % 4)] += run.words.len();
    }
    let most = (0u8..4).rev().max_by_key(|turn| turns[usize::from(*turn)]).unwrap_or(0);
    runs.retain(|r| r.turn == most);
    runs
}

/// The lines across the whole page, from top to bottom.
fn rows(mut runs: Vec<Run>, page: usize) -> Vec<Line> {
    runs.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut rows: Vec<(f64, f64, Vec<Run>)> = Vec::new();
    for run in runs {
        match rows.last_mut().filter(|(base, size, _)| (base - run.base).abs() < LEVEL * size.min(run.size)) {
            Some((base, size, all)) => {
                // The largest of them gives the line its height.
                if run.size > *size {
                    (*base, *size) = (run.base, run.size);
                }
                all.push(run);
            }
            None => rows.push((run.base, run.size, vec![run])),
        }
    }
    attach(&mut rows);
    rows.into_iter().filter_map(|(_, _, all)| Line::new(parts(all), page)).collect()
}

/// Puts small characters that are raised or lowered into the line next to whose characters they stand.
fn attach(rows: &mut [(f64, f64, Vec<Run>)]) {
    for at in 0..rows.len() {
        let mut small = Vec::new();
        for other in [at.wrapping_sub(1), at + 1] {
            let (Some((base, size, own)), Some((line, high, all))) = (rows.get(at), rows.get(other)) else { continue };
            if *size < SMALL * high && (base - line).abs() < FAR * high && own.len() <= MOST_SMALL {
                let beside = |run: &Run| {
                    all.iter().any(|r| {
                        run.start - r.end < NEXT * high && r.start - run.end < NEXT * high && r.size > run.size
                    })
                };
                small.push((other, own.iter().map(beside).collect::<Vec<_>>()));
            }
        }
        for (other, beside) in small {
            let Some((_, _, own)) = rows.get_mut(at) else { continue };
            let mut beside = beside.into_iter();
            let (gone, left) = std::mem::take(own).into_iter().partition(|_| beside.next().unwrap_or(false));
            *own = left;
            let gone: Vec<Run> = gone;
            if let Some((_, _, all)) = rows.get_mut(other) {
                all.extend(gone);
            }
            break;
        }
    }
}

/// The parts of a line, from its runs.
fn parts(mut runs: Vec<Run>) -> Vec<Part> {
    runs.sort_by(|a, b| a.start.total_cmp(&b.start));
    let spaced = runs.iter().any(|r| r.spaced || r.words.contains(' '));
    let space = if spaced { SPACE.1 } else { SPACE.0 };
    let mut parts: Vec<Part> = Vec::new();
    // The last run, and the last one that is neither raised nor lowered.
    let (mut last, mut level): (Option<&Run>, Option<&Run>) = (None, None);
    let mut most = 0;
    for (at, run) in runs.iter().enumerate() {
        if last.is_some_and(|l| l.words == run.words && (l.start - run.start).abs() < TWICE * run.size) {
            continue;
        }
        let gap = parts.last().map_or(f64::MAX, |p| run.start - p.end);
        let low = last.map_or(run.size, |l| l.size.min(run.size));
        // Notes are small, and so is the gap to them.
        let part = parts.last_mut().filter(|_| gap < WIDE * low);
        let beside = level
            .filter(|_| part.is_some())
            .or(runs.get(at + 1).filter(|next| next.start - run.end < NEXT * next.size));
        let raised = beside.is_some_and(|b| run.base - b.base > RAISED * b.size && run.size < SMALL * b.size);
        let before = part.as_ref().filter(|_| gap < space * low).map_or("", |p| p.words.as_str());
        let words = if raised { raised_words(before, &run.words) } else { Some(run.words.clone()) };
        if !raised {
            level = Some(run);
        }
        let Some(words) = words else {
            // The gap that it leaves is none.
            if let Some(part) = part {
                part.end = part.end.max(run.end);
            }
            continue;
        };
        match part {
            Some(part) => {
                if gap > space * low || last.is_some_and(|l| l.spaced) {
                    part.words.push(' ');
                }
                part.words.push_str(&words);
                part.end = part.end.max(run.end);
                part.bold &= run.bold;
                if words.len() > most {
                    (part.base, part.size, most) = (run.base, run.size, words.len());
                }
            }
            None => {
                most = words.len();
                let Run { start, end, base, size, bold, .. } = *run;
                parts.push(Part { start, end, words, base, size, bold });
            }
        }
        last = Some(run);
    }
    parts.retain(|p| !p.words.trim().is_empty());
    parts
}

/// Small raised words as they are written behind others: the mark of a note is left out, figures behind figures and
/// units are powers.
fn raised_words(before: &str, words: &str) -> Option<String> {
    const POWERS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if words.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '[' | ']' | ',' | ' ')) {
        return None;
    }
    if !words.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '−' | '–' | '[' | ']' | ',' | ' ')) {
        return Some(words.to_owned());
    }
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let unit = last.ends_with(char::is_alphabetic) && last.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    let power = |c: char| c.to_digit(10).and_then(|d| POWERS.get(d as usize).copied()).unwrap_or('⁻');
    (unit || last.ends_with(|c: char| c.is_ascii_digit())).then(|| words.chars().map(power).collect())
}

/// Puts lines in the order in which they are read. Each stretch of lines that follow each other in one column gets a
/// number.
fn order(rows: Vec<Line>, depth: u32, out: &mut Vec<Line>) {
    let Some(gutter) = gutter(&rows).filter(|_| depth < DEEPEST) else {
        let column = out.last().map_or(0, |l| l.column + 1);
        out.extend(rows.into_iter().map(|line| Line { column, ..line }));
        return;
    };
    let (mut whole, mut left, mut right): (Vec<Line>, Vec<Line>, Vec<Line>) = Default::default();
    let mut flush = |whole: &mut Vec<Line>, left: &mut Vec<Line>, right: &mut Vec<Line>| {
        // Without anything to the right, what is to the left are short lines of the whole width.
        if right.is_empty() {
            whole.append(left);
        }
        if !right.is_empty() {
            for part in [&mut *whole, left, right] {
                if !part.is_empty() {
                    order(std::mem::take(part), depth + 1, out);
                }
            }
        }
    };
    for row in rows {
        if crosses(&row, gutter) {
            flush(&mut whole, &mut left, &mut right);
            whole.push(row);
            continue;
        }
        let (to_left, to_right): (Vec<Part>, Vec<Part>) = row.parts.iter().cloned().partition(|p| p.end <= gutter);
        for (parts, side) in [(to_left, &mut left), (to_right, &mut right)] {
            side.extend(Line::new(parts, row.page));
        }
    }
    flush(&mut whole, &mut left, &mut right);
    if !whole.is_empty() {
        order(whole, DEEPEST, out);
    }
}

fn crosses(row: &Line, at: f64) -> bool {
    row.parts.iter().any(|p| p.start < at && at < p.end)
}

/// Where a gap runs down between two columns of prose.
fn gutter(rows: &[Line]) -> Option<f64> {
    if rows.len() < FEWEST {
        return None;
    }
    let left = rows.iter().map(Line::start).fold(f64::MAX, f64::min);
    let right = rows.iter().map(Line::end).fold(f64::MIN, f64::max);
    let place = |n: u32| left + (right - left) * f64::from(n) / f64::from(PLACES);
    // In the middle of the widest stretch that the fewest lines cross.
    let mut best: Option<(usize, f64, f64)> = None;
    for at in (PLACES / 5..=PLACES * 4 / 5).map(place) {
        let crossing = rows.iter().filter(|r| crosses(r, at)).count();
        match &mut best {
            Some((fewest, _, to)) if *fewest == crossing && at - *to < 2.0 * (right - left) / f64::from(PLACES) => {
                *to = at
            }
            Some((fewest, ..)) if *fewest <= crossing => {}
            _ => best = Some((crossing, at, at)),
        }
    }
    let (crossing, from, to) = best?;
    let at = f64::midpoint(from, to);
    let sides = |row: &Line| {
        let (l, r): (Vec<&Part>, Vec<&Part>) = row.parts.iter().partition(|p| p.end <= at);
        [l, r].map(|parts| {
            let width = parts.last().map_or(0.0, |p| p.end) - parts.first().map_or(0.0, |p| p.start);
            (width, parts.iter().map(|p| p.words.chars().count()).sum::<usize>())
        })
    };
    let [mut of_left, mut of_right]: [Vec<(f64, usize)>; 2] = Default::default();
    for [l, r] in rows.iter().filter(|r| !crosses(r, at)).map(sides) {
        of_left.extend(Some(l).filter(|l| l.1 > 0));
        of_right.extend(Some(r).filter(|r| r.1 > 0));
    }
    let prose = |side: &[(f64, usize)]| {
        let widest = side.iter().map(|s| s.0).fold(0.0, f64::max);
        let full = side.iter().filter(|s| s.0 >= FILLED * widest && s.1 >= SHORTEST).count();
        full >= FEWEST && full * PROSE >= side.len()
    };
    let columns = prose(&of_left) && prose(&of_right);
    (columns && crossing * CROSSING <= rows.len()).then_some(at)
}

/// The height of the font that most characters of some lines have, in tenths of a point.
pub(super) fn usual_size<'l>(lines: impl Iterator<Item = &'l Line>) -> f64 {
    let mut sizes: std::collections::BTreeMap<u64, usize> = std::collections::BTreeMap::new();
    for line in lines {
        *sizes.entry(tenths(line.size)).or_default() += line.characters();
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size as f64 / 10.0)
}

/// A height in tenths of a point.
pub(super) fn tenths(size: f64) -> u64 {
    (size.clamp(0.0, 1e6) * 10.0).round() as u64
}
