//! The structure of plain text: lines, blank lines, bullets, bars between cells.

use super::block::{Block, BlockKind, Table};
use crate::source::{bullet, ends_sentence, lines};
use crate::text::Span;

/// A wrapped line is no longer than this many characters; longer ones are paragraphs.
const WIDEST: usize = 160;
/// A heading has no more bytes and words than these.
const HEADING: (usize, usize) = (140, 18);

#[derive(Clone, Copy)]
struct Line<'t> {
    at: usize,
    /// Trimmed and never empty.
    words: &'t str,
    indent: usize,
    /// Bytes of bullet before the words, counted from the indent.
    bullet: usize,
    quoted: bool,
    noise: bool,
    /// Characters, up to one more than the widest wrapped line.
    width: usize,
    /// Whether the line before it is blank, or there is none.
    gap: bool,
}

impl Line<'_> {
    fn span(&self) -> Span {
        Span::new(self.at, self.at + self.words.len())
    }
}

/// Cuts the body of a plain text into blocks. Linear in the text.
pub(super) fn blocks(text: &str, body: Span, noise: &[Span]) -> Vec<Block> {
    let lines = read_lines(text, body, noise);
    let wrap = Wrap::of(&lines);
    let mut out: Vec<Block> = Vec::new();
    let mut tables = 0;
    let mut i = 0;
    while i < lines.len() {
        let rows = table_rows(&lines[i..]);
        if rows > 0 {
            let table = table(&lines[i..i + rows]);
            out.extend(table.blocks(text, tables));
            tables += 1;
            i += rows;
            continue;
        }
        let first = lines[i];
        let mut last = first;
        i += 1;
        while i < lines.len() && table_rows(&lines[i..]) == 0 && wrap.joins(&first, &last, &lines[i]) {
            last = lines[i];
            i += 1;
        }
        let kind = match first {
            Line { quoted: true, .. } => BlockKind::Quote,
            Line { bullet: 1.., .. } => BlockKind::Item,
            _ if is_heading(&first, &last, lines.get(i), &out) => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        };
        let mut block = Block::plain(kind, first.span().join(last.span()), !first.gap);
        if first.quoted {
            block.holes = quote_marks(text, block.span);
        }
        out.push(block);
    }
    unmark_runs(text, &mut out);
    out
}

fn read_lines<'t>(text: &'t str, body: Span, noise: &[Span]) -> Vec<Line<'t>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let mut gap = true;
    let mut next_noise = 0;
    for (start, raw) in lines(text, body) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            gap = true;
            continue;
        }
        let indent = raw.len() - raw.trim_start().len();
        let mark = bullet(raw).saturating_sub(indent);
        let quote =
            if trimmed.starts_with('>') { trimmed.len() - trimmed.trim_start_matches(['>', ' ']).len() } else { 0 };
        let words = trimmed[mark.max(quote)..].trim_start();
        let at = start + indent + (trimmed.len() - words.len());
        while noise.get(next_noise).is_some_and(|n| (n.end as usize) <= start + indent) {
            next_noise += 1;
        }
        if words.is_empty() || is_rule(trimmed) {
            gap = true;
            continue;
        }
        out.push(Line {
            at,
            words,
            indent,
            bullet: mark,
            quoted: quote > 0,
            noise: noise.get(next_noise).is_some_and(|n| n.start as usize <= start + indent),
            width: if words.is_ascii() { words.len().min(WIDEST + 1) } else { words.chars().take(WIDEST + 1).count() },
            gap,
        });
        gap = false;
    }
    out
}

/// A line of dashes, stars or the like.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b'~' | b'#' | b' '))
}

/// Whether and how wide paragraphs are wrapped.
///
/// The one sure sign is a line without sentence end before one that begins in lower case. Where there are such pairs, a line
/// that would not have had room for the next one's first word goes on as well.
struct Wrap {
    /// Characters of the widest line of a wrapped paragraph; 0 where nothing is wrapped.
    width: usize,
}

impl Wrap {
    fn of(lines: &[Line<'_>]) -> Wrap {
        let (mut pairs, mut sure, mut width) = (0usize, 0usize, 0usize);
        for pair in lines.windows(2) {
            let [a, b] = pair else { continue };
            if b.gap || b.bullet > 0 || a.width > WIDEST || b.width > WIDEST {
                continue;
            }
            pairs += 1;
            if flows(a, b) {
                sure += 1;
                width = width.max(a.width).max(b.width);
            }
        }
        Wrap { width: if sure >= 2 && sure * 5 >= pairs { width } else { 0 } }
    }

    fn joins(&self, first: &Line<'_>, last: &Line<'_>, next: &Line<'_>) -> bool {
        if next.gap || next.bullet > 0 || next.noise != last.noise || next.quoted != last.quoted {
            return false;
        }
        if last.quoted {
            return true;
        }
        // Below a bullet, what is set in under its words belongs to it.
        if first.bullet > 0 && next.indent > first.indent {
            return true;
        }
        let full = self.width > 0 && last.width <= WIDEST && {
            let word = next.words.split_whitespace().next().map_or(0, |w| w.chars().count());
            last.width + 1 + word > self.width
        };
        flows(last, next) || (full && first.bullet == 0)
    }
}

/// Whether a sentence runs from one line into the next.
fn flows(a: &Line<'_>, b: &Line<'_>) -> bool {
    !ends_sentence(a.words) && a.width <= WIDEST && !a.words.ends_with(':') && b.words.starts_with(char::is_lowercase)
}

/// The lines of a table at the start: two or more in a row with the same number of bars or tabs.
fn table_rows(lines: &[Line<'_>]) -> usize {
    let columns = |l: &Line<'_>| if l.bullet > 0 { 0 } else { cells(l).len() };
    // Nearly no line has a bar.
    let barred = |l: &&Line<'_>| memchr::memchr2(b'|', b'\t', l.words.as_bytes()).is_some();
    let Some(first) = lines.first().filter(barred) else { return 0 };
    let width = columns(first);
    if width < 2 {
        return 0;
    }
    let rows = 1 + lines[1..].iter().take_while(|l| !l.gap && (columns(l) == width || is_separator(l.words))).count();
    if rows < 2 || (rows == 2 && is_separator(lines[1].words)) { 0 } else { rows }
}

fn is_separator(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b' ' | b'+'))
}

/// The cells of a line, trimmed.
fn cells(line: &Line<'_>) -> Vec<Span> {
    let bar = if line.words.contains('\t') { '\t' } else { '|' };
    let words = if bar == '|' { line.words.trim_matches('|') } else { line.words };
    if bar == '|' && !words.contains(" |") && !words.contains("| ") {
        return vec![line.span()];
    }
    let mut at = line.at + (line.words.len() - line.words.trim_start_matches(bar).len());
    words
        .split(bar)
        .map(|cell| {
            let start = at + (cell.len() - cell.trim_start().len());
            at += cell.len() + 1;
            let width = cell.trim().len();
            if width == 0 { Span::new(start.min(at - 1), start.min(at - 1)) } else { Span::new(start, start + width) }
        })
        .collect()
}

fn table(lines: &[Line<'_>]) -> Table {
    let header = lines.get(1).is_some_and(|l| is_separator(l.words));
    let rows = lines.iter().filter(|l| !is_separator(l.words)).map(cells).collect();
    Table { rows, header }
}

/// Whether a single line is a heading: short, without sentence end, and something follows that it can be the heading of.
fn is_heading(first: &Line<'_>, last: &Line<'_>, next: Option<&Line<'_>>, above: &[Block]) -> bool {
    let words = first.words;
    let question = words.ends_with('?');
    let short = words.len() <= HEADING.0 && words.split_whitespace().take(HEADING.1 + 1).count() <= HEADING.1;
    let lead_in = words.ends_with(':') && words.split_whitespace().take(5).count() > 4;
    let Some(next) = next else { return false };
    first.at == last.at
        && short
        && !lead_in
        && !words.ends_with([',', ';', '—', '-'])
        && !words.starts_with(['"', '“', '(', '['])
        && (!ends_sentence(words) || (question && words.split_whitespace().count() <= 12))
        && words.starts_with(|c: char| !c.is_lowercase())
        // A line that stands directly under a paragraph needs a blank line or a paragraph after it.
        && (first.gap || next.gap || above.last().is_none_or(|b| b.kind != BlockKind::Heading))
        && (next.gap || next.bullet > 0 || next.width > first.width || ends_sentence(next.words))
}

/// Three short lines or more right under each other, none a sentence, are a list without bullets and no headings.
fn unmark_runs(text: &str, blocks: &mut [Block]) {
    let label = |b: &Block| {
        b.kind == BlockKind::Heading
            || (b.kind == BlockKind::Paragraph && b.span.len() as usize <= HEADING.0 && !ends_sentence(b.span.of(text)))
    };
    let mut from = 0;
    while from < blocks.len() {
        let mut to = from + 1;
        if label(&blocks[from]) {
            while blocks.get(to).is_some_and(|b| b.adjacent && label(b)) {
                to += 1;
            }
            if to - from >= 3 {
                blocks[from..to].iter_mut().for_each(|b| b.kind = BlockKind::Paragraph);
            }
        }
        from = to;
    }
}

/// The `>` at the starts of the further lines of a block quotation.
fn quote_marks(text: &str, span: Span) -> Vec<Span> {
    let mark = |(at, line): (usize, &str)| {
        let width = line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
        Span::new(at, at + width)
    };
    lines(text, span).skip(1).map(mark).filter(|s| !s.is_empty()).collect()
}
