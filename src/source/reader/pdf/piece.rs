//! The blocks of a document, from the lines of its pages.
//!
//! Comes in: lines in the order in which they are read. Goes out: headings, paragraphs, items of lists and cells of
//! tables, each with the page on which it begins. What stands at the head or foot of many pages is left out; a
//! paragraph that runs over the end of a column or page is one; words divided at the end of a line are whole.

use std::collections::{BTreeMap, HashSet};

use super::layout::{Line, tenths, usual_size};
use crate::source::reader::PieceKind;
use crate::source::{bullet, ends_sentence};

/// How many lines at the top and at the bottom of a page may be its head or foot.
const EDGE: usize = 3;
/// On how many pages the same stands that is left out, unless it stands on half of them.
const MANY: usize = 3;
/// How far the places of heads and feet may differ from page to page, in points.
const DRIFT: f64 = 3.0;
/// A font that is as many times the height of most of the text is that of a heading.
const LARGER: f64 = 1.1;
/// Most characters of a heading, and of one that only bold letters set off.
const LONGEST_HEADING: usize = 250;
const LONGEST_BOLD: usize = 100;
/// Headings have ranks from 1 to this.
const RANKS: usize = 6;
/// A space between lines that ends a paragraph, in usual spaces.
const LOOSE: f64 = 1.25;
/// How far a first line is indented at least, in heights of the font.
const INDENT: f64 = 0.8;
/// Heights of the font that differ by more are different.
const DIFFERENT: f64 = 0.08;
/// How far the edges of the columns of a table may differ, in heights of the font.
const ALIGNED: f64 = 0.6;
/// Fewest letters of a word that makes up another one with a hyphen.
const LONG: usize = 5;
/// Fewest rows of a table.
const FEWEST_ROWS: usize = 3;
/// How much of the width of a table one column takes at most: one that takes more is prose with numbers before its
/// lines.
const WIDEST_COLUMN: f64 = 0.6;

/// A block of a document.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: PieceKind,
    pub(super) words: String,
    /// The page on which it begins, from 0.
    pub(super) page: usize,
    size: f64,
    bold: bool,
    lines: usize,
    /// Where its first line begins.
    start: f64,
    /// Whether it begins as a new paragraph, whatever stands before it.
    apart: bool,
}

/// The blocks of some pages.
pub(super) fn blocks(pages: Vec<Vec<Line>>) -> Vec<Block> {
    let pages = without_edges(pages);
    let words = Words::new(&pages);
    let usual = usual_size(pages.iter().flatten());
    let leading = leadings(&pages);
    let mut writer = Writer { blocks: Vec::new(), words, leading, usual, tables: 0 };
    for page in &pages {
        let mut rest = page.as_slice();
        while let Some(first) = rest.first() {
            let length = rest.iter().take_while(|l| l.column == first.column).count();
            let (column, behind) = rest.split_at(length);
            writer.column(column);
            rest = behind;
        }
    }
    let Writer { blocks, .. } = writer;
    ranked(blocks, usual)
}

/// Leaves out what stands at the same height on many pages and is the same but for its figures.
fn without_edges(mut pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let mut seen: BTreeMap<String, Vec<(f64, usize)>> = BTreeMap::new();
    let edges: Vec<Vec<usize>> = pages.iter().map(|lines| edge(lines)).collect();
    for (number, (lines, edge)) in pages.iter().zip(&edges).enumerate() {
        for line in edge.iter().filter_map(|at| lines.get(*at)) {
            seen.entry(likeness(line)).or_default().push((line.base, number));
        }
    }
    let enough = MANY.min(pages.len().div_ceil(2)).max(2);
    for places in seen.values_mut() {
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    let repeats = |line: &Line| {
        let Some(places) = seen.get(&likeness(line)) else { return false };
        let from = places.partition_point(|p| p.0 < line.base - DRIFT);
        let near = places[from..].iter().take_while(|p| p.0 <= line.base + DRIFT);
        let on: HashSet<usize> = near.map(|p| p.1).take(4 * MANY).collect();
        on.len() >= enough
    };
    for (lines, edge) in pages.iter_mut().zip(edges) {
        let gone: HashSet<usize> = edge.into_iter().filter(|at| lines.get(*at).is_some_and(repeats)).collect();
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }
    pages
}

/// The lines nearest to the top and to the bottom of a page.
fn edge(lines: &[Line]) -> Vec<usize> {
    let mut all: Vec<usize> = (0..lines.len()).collect();
    all.sort_by(|a, b| lines[*b].base.total_cmp(&lines[*a].base));
    let rank = |at: &mut dyn Iterator<Item = usize>| {
        let (mut heights, mut last, mut out) = (0, f64::NAN, Vec::new());
        for at in at {
            if (lines[at].base - last).abs() > DRIFT || last.is_nan() {
                (heights, last) = (heights + 1, lines[at].base);
            }
            if heights > EDGE {
                break;
            }
            out.push(at);
        }
        out
    };
    let mut out = rank(&mut all.iter().copied());
    out.extend(rank(&mut all.iter().rev().copied()));
    out
}

/// What a line says but for its figures.
fn likeness(line: &Line) -> String {
    let words = line.words();
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            c if c.is_numeric() => {
                if !out.ends_with('#') {
                    out.push('#');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// The words of a document that has hyphens at the ends of lines, in lower case.
struct Words(HashSet<String>);

impl Words {
    fn new(pages: &[Vec<Line>]) -> Words {
        let lines = || pages.iter().flatten();
        let is_divided = |line: &Line| line.parts.last().is_some_and(|p| p.words.ends_with(['-', '\u{2010}']));
        let (mut words, mut divided) = (HashSet::new(), false);
        if !lines().any(is_divided) {
            return Words(words);
        }
        for line in lines() {
            let before = std::mem::replace(&mut divided, is_divided(line));
            let all: Vec<&str> = line.parts.iter().flat_map(|p| p.words.split_whitespace()).collect();
            let whole = all.get(usize::from(before)..all.len() - usize::from(divided)).unwrap_or_default();
            words.extend(whole.iter().map(|word| bare(word).to_lowercase()));
        }
        Words(words)
    }

    fn hold(&self, word: &str) -> bool {
        self.0.contains(&bare(word).to_lowercase())
    }

    /// Whether a hyphen at the end of a line belongs to the word: it is written with it elsewhere, or is made of two
    /// long words that are, and nowhere written without it.
    fn keep_hyphen(&self, stem: &str, rest: &str) -> bool {
        let long = |word: &str| bare(word).chars().count() >= LONG && self.hold(word);
        self.hold(&format!("{stem}-{rest}")) || long(stem) && long(rest) && !self.hold(&format!("{stem}{rest}"))
    }
}

/// A word without what stands around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The usual space between lines by the height of their font.
fn leadings(pages: &[Vec<Line>]) -> BTreeMap<u64, f64> {
    let mut all: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for pair in pages.iter().flat_map(|p| p.windows(2)) {
        let [above, below] = pair else { continue };
        let gap = above.base - below.base;
        if above.column == below.column && tenths(above.size) == tenths(below.size) && gap > 0.5 * below.size {
            all.entry(tenths(below.size)).or_default().push(gap);
        }
    }
    let usual = |mut gaps: Vec<f64>| {
        gaps.sort_by(f64::total_cmp);
        // Small spaces are those within paragraphs, of which there may be few.
        gaps[gaps.len() / 4]
    };
    all.into_iter().map(|(size, gaps)| (size, usual(gaps))).collect()
}

struct Writer {
    blocks: Vec<Block>,
    words: Words,
    leading: BTreeMap<u64, f64>,
    usual: f64,
    tables: u32,
}

impl Writer {
    /// Writes the lines of a column.
    fn column(&mut self, lines: &[Line]) {
        let right = right_edge(lines);
        let mut at = 0;
        let mut begun = true;
        while let Some(line) = lines.get(at) {
            let rows = table(&lines[at..]);
            if rows > 0 {
                self.table(&lines[at..at + rows]);
                (at, begun) = (at + rows, true);
                continue;
            }
            let above = at.checked_sub(1).and_then(|a| lines.get(a)).filter(|_| !begun);
            self.line(line, above, right);
            (at, begun) = (at + 1, false);
        }
    }

    /// Writes a line, `above` being the one before it in its column, whose lines end at `right`.
    fn line(&mut self, line: &Line, above: Option<&Line>, right: f64) {
        let words = line.words();
        let marked = bullet(&words);
        // Figures and dashes may stand at the beginning of any line.
        let is_sign = marked > 0
            && !words.trim_start().starts_with(|c: char| c.is_ascii() || matches!(c, '–' | '—' | '·' | '»' | '›'));
        let ends = match (above, self.blocks.last()) {
            (_, None) => true,
            (Some(above), Some(block)) => self.ends(above, line, block, right),
            (None, Some(block)) => !goes_on(block, line, &words),
        };
        // Below the sign of an item they are that of the next one.
        let beside =
            |block: &Block| block.kind == PieceKind::Item && (block.start - line.start()).abs() < 0.5 * line.size;
        let is_next = marked > 0 && self.blocks.last().is_some_and(beside);
        if !ends && !is_sign && !is_next {
            if let Some(block) = self.blocks.last_mut() {
                join(&mut block.words, &words, &self.words);
                block.lines += 1;
                block.bold &= line.bold;
            }
            return;
        }
        let (kind, words) = match marked {
            0 => (PieceKind::Paragraph, words),
            at => (PieceKind::Item, words.get(at..).unwrap_or(&words).to_owned()),
        };
        let (start, apart) = (line.start(), above.is_some());
        self.blocks.push(Block {
            kind,
            words,
            page: line.page,
            size: line.size,
            bold: line.bold,
            lines: 1,
            start,
            apart,
        });
    }

    /// Whether a block ends above a line that stands under another one in its column.
    fn ends(&self, above: &Line, line: &Line, block: &Block, right: f64) -> bool {
        let gap = above.base - line.base;
        let usual = self.leading.get(&tenths(line.size)).copied().unwrap_or(line.size * 1.2);
        if differ(above.size, line.size) || gap > usual * LOOSE || gap < 0.0 {
            return true;
        }
        if block.bold
            && !line.bold
            && block.words.chars().count() <= LONGEST_BOLD
            && !ends_sentence(&block.words)
            && fits(above, line, right)
        {
            return true;
        }
        // Lines of a heading are broken where it looks well.
        if line.size > self.usual * LARGER {
            return false;
        }
        let runs_on = line.words().starts_with(char::is_lowercase) && !ends_sentence(&block.words);
        let item = block.kind == PieceKind::Item;
        let shift = line.start() - above.start();
        let indented = !item && block.lines > 1 && shift > INDENT * line.size;
        let hangs_out = item && block.lines > 1 && shift < -INDENT * line.size;
        !runs_on && (indented || hangs_out || fits(above, line, right))
    }

    fn table(&mut self, rows: &[Line]) {
        let figures = |line: &Line| line.words().contains(|c: char| c.is_ascii_digit());
        let headed = rows.first().is_some_and(|r| !figures(r)) && rows.iter().skip(1).any(figures);
        for (row, line) in rows.iter().enumerate() {
            for (column, part) in line.parts.iter().enumerate() {
                let head = headed && row == 0;
                let kind = PieceKind::Cell { table: self.tables, row: row as u32, column: column as u32, head };
                let (words, start) = (part.words.clone(), part.start);
                let (size, bold) = (line.size, line.bold);
                self.blocks.push(Block { kind, words, page: line.page, size, bold, lines: 1, start, apart: true });
            }
        }
        self.tables += 1;
    }
}

fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > DIFFERENT * a.max(b)
}

/// Whether the first word of a line would have had room behind the line above it: then that one ends a paragraph.
fn fits(above: &Line, line: &Line, right: f64) -> bool {
    let Some(part) = line.parts.first() else { return false };
    let all = part.words.chars().count().max(1) as f64;
    let first = part.words.split_whitespace().next().map_or(0, |w| w.chars().count()) as f64;
    let width = (part.end - part.start) / all * (first + 1.0);
    above.end() + width < right - 0.1 * line.size
}

/// Where the lines of a column end, but for some that end farther right.
fn right_edge(lines: &[Line]) -> f64 {
    let mut ends: Vec<f64> = lines.iter().map(Line::end).collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let outliers = if ends.len() < 5 { 0 } else { (ends.len() / 20).max(1) };
    ends.get(outliers).copied().unwrap_or_default()
}

/// Whether a block goes on in a line at the top of another column or page.
fn goes_on(block: &Block, line: &Line, words: &str) -> bool {
    let open = !ends_sentence(&block.words) && !block.words.ends_with(':');
    let prose = matches!(block.kind, PieceKind::Paragraph | PieceKind::Item) && block.bold == line.bold;
    let follows = words.starts_with(char::is_lowercase) || block.lines > 1;
    open && prose && follows && !differ(block.size, line.size)
}

/// Joins a line to what stands before it. A word that is divided at the end of the line is put together, unless it is
/// written with that hyphen elsewhere.
fn join(before: &mut String, line: &str, words: &Words) {
    let line = line.trim_start();
    let first = line.split_whitespace().next().unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    if last.ends_with('\u{ad}') {
        before.pop();
    } else if let Some(stem) = last.strip_suffix(['-', '\u{2010}']).filter(|stem| stem.ends_with(char::is_alphabetic)) {
        if first.starts_with(char::is_lowercase) && !stem.contains('-') && !words.keep_hyphen(stem, first) {
            before.pop();
        }
        // Behind a hyphen there is no space: "Franco-\nPrussian".
        if !first.starts_with(char::is_alphanumeric) {
            before.push(' ');
        }
    } else if !last.ends_with(['—', '/']) || last == "—" {
        // A dash that stands by itself has a space on both sides.
        before.push(' ');
    }
    before.push_str(line);
}

/// How many of the first lines are rows of a table.
fn table(lines: &[Line]) -> usize {
    let Some(first) = lines.first().filter(|l| l.parts.len() > 1) else { return 0 };
    let rows = lines.iter().take_while(|l| l.parts.len() == first.parts.len() && are_aligned(first, l)).count();
    let rows = &lines[..rows];
    let width = rows.iter().map(Line::end).fold(f64::MIN, f64::max) - first.start();
    let narrow = |column: usize| {
        let of = |l: &Line| l.parts.get(column).map_or(0.0, |p| p.end - p.start);
        rows.iter().map(of).sum::<f64>() < rows.len() as f64 * width * WIDEST_COLUMN
    };
    let listed = bullet(&format!("{} x", first.parts[0].words)) > 0;
    let is_table = rows.len() >= FEWEST_ROWS && !listed && (0..first.parts.len()).all(narrow);
    if is_table { rows.len() } else { 0 }
}

/// Whether each part of a line begins, ends or has its middle where that of another one has.
fn are_aligned(a: &Line, b: &Line) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() < ALIGNED * a.size.max(b.size);
    a.parts.iter().zip(&b.parts).all(|(p, q)| {
        near(p.start, q.start)
            || near(p.end, q.end)
            || near(f64::midpoint(p.start, p.end), f64::midpoint(q.start, q.end))
    })
}

/// Gives headings their ranks: the larger, the higher; those that only bold letters set off come behind.
fn ranked(mut blocks: Vec<Block>, usual: f64) -> Vec<Block> {
    let large = |b: &Block| {
        let length = b.words.chars().count();
        let worded = b.words.chars().any(char::is_alphabetic);
        b.kind == PieceKind::Paragraph && b.size > usual * LARGER && length <= LONGEST_HEADING && worded
    };
    let mut sizes: Vec<u64> = blocks.iter().filter(|b| large(b)).map(|b| tenths(b.size)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    // Sizes that hardly differ are one.
    sizes.dedup_by(|a, b| *a as f64 > *b as f64 * (1.0 - DIFFERENT / 2.0));
    for at in 0..blocks.len() {
        let follows = blocks.get(at + 1).is_some_and(|next| !next.bold);
        let block = &mut blocks[at];
        let bold = block.bold && block.kind == PieceKind::Paragraph && block.lines <= 2 && follows;
        let short = block.words.chars().count() <= LONGEST_BOLD
            && !ends_sentence(&block.words)
            && !block.words.ends_with([',', ';', ':']);
        if large(block) {
            let rank = sizes.iter().position(|s| *s as f64 <= block.size * 10.0 * (1.0 + DIFFERENT / 2.0)).unwrap_or(0);
            block.kind = PieceKind::Heading((rank + 1).min(RANKS) as u8);
        } else if bold
            && short
            && block.apart
            && block.words.chars().any(char::is_alphabetic)
            && !differ(block.size, usual)
        {
            block.kind = PieceKind::Heading((sizes.len() + 1).min(RANKS) as u8);
        }
    }
    blocks
}
