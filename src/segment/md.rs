//! The structure of Markdown: what CommonMark and its tables say, with places in the source.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::block::{BOLD, Block, BlockKind, Table};
use crate::source::ends_sentence;
use crate::text::Span;

/// Cuts the body of a Markdown text into blocks. Code and HTML blocks are passed over.
pub(super) fn blocks(text: &str, body: Span) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let base = body.start as usize;
    let mut reader = Reader {
        text,
        out: Vec::new(),
        leaves: Vec::new(),
        skipped: 0,
        inside: Vec::new(),
        footnotes: 0,
        table: None,
        tables: 0,
    };
    for (event, range) in Parser::new_ext(body.of(text), options).into_offset_iter() {
        reader.take(event, base + range.start..base + range.end);
    }
    reader.flush(BlockKind::Paragraph);
    // Footnotes may be handed over where they are referred to.
    reader.out.sort_by_key(|b| (b.span.start, b.span.end));
    reader.out.dedup_by(|b, a| b.span.start < a.span.end);
    reader.out
}

/// A container that decides what the paragraphs within it are.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Item,
    Quote,
    Footnote,
}

struct Reader<'t> {
    text: &'t str,
    out: Vec<Block>,
    /// Prose of the block that is open: text, code and line breaks.
    leaves: Vec<Range<usize>>,
    /// Depth of what is no prose: images, code blocks, automatic links.
    skipped: u32,
    inside: Vec<Inside>,
    /// How many of `inside` are footnotes.
    footnotes: u32,
    table: Option<Table>,
    tables: u32,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag, range),
            _ if self.skipped > 0 => {}
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => self.leaves.push(range),
            Event::Code(_) => {
                let raw = self.text.get(range.clone()).unwrap_or_default();
                let (open, close) =
                    (raw.len() - raw.trim_start_matches('`').len(), raw.len() - raw.trim_end_matches('`').len());
                if open + close < raw.len() {
                    self.leaves.push(range.start + open..range.end - close);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                if !matches!(tag, Tag::Image { .. }) {
                    self.flush_loose();
                }
                self.skipped += 1;
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.skipped += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Table(_) => {
                self.flush_loose();
                self.table = Some(Table { rows: Vec::new(), header: true });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Item => {
                self.flush_loose();
                self.inside.push(Inside::Item);
            }
            Tag::BlockQuote(_) => {
                self.flush_loose();
                self.inside.push(Inside::Quote);
            }
            Tag::FootnoteDefinition(_) => {
                self.flush_loose();
                self.inside.push(Inside::Footnote);
                self.footnotes += 1;
            }
            Tag::TableCell => {}
            _ => self.flush_loose(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            // A link whose words are its target is skipped as a whole; no other link counts one up.
            TagEnd::Link if self.text.get(range.start..).is_some_and(|t| t.starts_with('<')) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            TagEnd::Heading(level) => {
                self.flush(BlockKind::Heading);
                if let Some(block) = self.out.last_mut().filter(|b| b.kind == BlockKind::Heading) {
                    block.level = level as u8;
                }
            }
            TagEnd::Paragraph => self.flush_loose(),
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.flush_loose();
                self.footnotes -= u32::from(self.inside.pop() == Some(Inside::Footnote));
            }
            TagEnd::TableCell => {
                let span = self.prose().map_or(Span::new(range.start, range.start), |(span, _)| span);
                self.leaves.clear();
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(span);
                }
            }
            TagEnd::Table => {
                if let Some(mut table) = self.table.take() {
                    // A header of empty cells, as fact boxes have, names nothing.
                    table.header = table.rows.first().is_some_and(|r| r.iter().any(|c| !c.is_empty()));
                    self.out.extend(table.blocks(self.text, self.tables));
                    self.tables += 1;
                }
            }
            _ => {}
        }
    }

    /// Ends the open block as what its containers make of it.
    fn flush_loose(&mut self) {
        let kind = if self.footnotes > 0 {
            BlockKind::Reference
        } else {
            match self.inside.last() {
                Some(Inside::Item) => BlockKind::Item,
                Some(Inside::Quote | Inside::Footnote) => BlockKind::Quote,
                None => BlockKind::Paragraph,
            }
        };
        self.flush(kind);
    }

    fn flush(&mut self, kind: BlockKind) {
        let Some((span, holes)) = self.prose() else {
            self.leaves.clear();
            return;
        };
        let first = self.leaves.first().map_or(0, |l| l.start);
        self.leaves.clear();
        let kind =
            if kind == BlockKind::Paragraph && self.is_bold_line(first, span) { BlockKind::Heading } else { kind };
        let adjacent = self.out.last().is_some_and(|b| {
            let between = self.text.get(b.span.end as usize..span.start as usize).unwrap_or_default();
            between.bytes().filter(|b| *b == b'\n').count() < 2
        });
        self.out.push(Block { kind, span, holes, level: BOLD, adjacent });
    }

    /// The trimmed span of the open block and the holes between its leaves; `None` when it holds no prose.
    fn prose(&self) -> Option<(Span, Vec<Span>)> {
        let (first, last) = (self.leaves.first()?, self.leaves.last()?);
        let whole = self.text.get(first.start..last.end)?;
        let inner = whole.trim();
        if inner.is_empty() {
            return None;
        }
        let start = first.start + (whole.len() - whole.trim_start().len());
        let span = Span::new(start, start + inner.len());
        let gaps = self.leaves.windows(2).filter_map(|pair| match pair {
            [a, b] if a.end < b.start => Some(Span::new(a.end, b.start)),
            _ => None,
        });
        let holes = gaps.filter(|gap| span.contains(*gap)).collect();
        Some((span, holes))
    }

    /// Whether a paragraph is one short bold line without sentence end: a heading by other means.
    fn is_bold_line(&self, first: usize, span: Span) -> bool {
        let words = span.of(self.text);
        let before = self.text.get(..first).unwrap_or_default();
        let after = self.text.get(span.end as usize..).unwrap_or_default();
        let bold = |mark: &str| {
            before.ends_with(mark)
                && after.starts_with(mark)
                && !words.contains(mark)
                && after[mark.len()..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r'])
        };
        (bold("**") || bold("__")) && words.len() <= 120 && !words.contains('\n') && !ends_sentence(words)
    }
}
