//! What a block is by its place: title, standfirst, reference.

use super::block::{Block, BlockKind};
use crate::source::{Document, is_reference_heading, looks_like_reference};
use crate::text::{Span, fold};

/// A standfirst has no more bytes than this.
const STANDFIRST: u32 = 400;
/// Blocks among which the title is looked for in a text whose front matter names it.
const HEAD: usize = 6;

/// Marks the title and the standfirst under it. A title that stands in the front matter only comes first as a block of its
/// own: what a headline says is said.
pub(super) fn title(document: &Document, blocks: &mut Vec<Block>) {
    let (Some(title), Some(place)) = (&document.title, document.title_span) else { return };
    let text = document.text.as_str();
    let wanted = fold(title);
    let found = if document.body.contains(place) {
        blocks.iter().position(|b| b.span.overlaps(place))
    } else {
        let short = |b: &Block| b.span.len() as usize <= 2 * title.len() + 16;
        blocks.iter().take(HEAD).position(|b| short(b) && fold(b.span.of(text)) == wanted)
    };
    match found {
        Some(at) => {
            blocks[at].kind = BlockKind::Title;
            standfirst(document, &mut blocks[at + 1..]);
        }
        None if !place.is_empty() && place.end <= document.body.start => {
            blocks.insert(0, Block::plain(BlockKind::Title, place, false));
        }
        None => {}
    }
}

/// The one short paragraph between the title and a byline, a heading or a longer paragraph.
fn standfirst(document: &Document, below: &mut [Block]) {
    let noise = |span: Span| super::is_noise(document, span);
    let mut rest = below.iter().enumerate();
    let Some((at, lead)) = rest.find(|(_, b)| !noise(b.span)) else { return };
    let Some((_, next)) = rest.next() else { return };
    let fits = lead.kind == BlockKind::Paragraph && lead.span.len() <= STANDFIRST;
    let follows = match next.kind {
        _ if noise(next.span) => true,
        BlockKind::Heading => false,
        BlockKind::Paragraph => u64::from(next.span.len()) * 2 > 3 * u64::from(lead.span.len()),
        _ => false,
    };
    if fits && follows {
        below[at].kind = BlockKind::Standfirst;
    }
}

/// Marks the entries of lists of references: list items and numbered or linked lines under such a heading, and runs of
/// `[1] …` lines anywhere.
pub(super) fn references(text: &str, blocks: &mut [Block]) {
    let mut listed = false;
    for i in 0..blocks.len() {
        let words = blocks[i].span.of(text);
        let numbered = |block: Option<&Block>| {
            block.is_some_and(|b| {
                matches!(b.kind, BlockKind::Item | BlockKind::Paragraph | BlockKind::Reference)
                    && looks_like_reference(b.span.of(text))
            })
        };
        match blocks[i].kind {
            BlockKind::Heading | BlockKind::Title => listed = is_reference_heading(words),
            // Plain text may set the heading right above its list, with nothing to tell it from a sentence.
            BlockKind::Paragraph if is_reference_heading(words) => {
                listed = true;
                blocks[i].kind = BlockKind::Heading;
            }
            BlockKind::Item | BlockKind::Paragraph => {
                let in_run = numbered(Some(&blocks[i]))
                    && (numbered(blocks.get(i + 1)) || (i > 0 && numbered(blocks.get(i - 1))));
                let entry = blocks[i].kind == BlockKind::Item || looks_like_reference(words) || is_entry(words);
                if in_run || (listed && entry) {
                    blocks[i].kind = BlockKind::Reference;
                }
            }
            _ => {}
        }
    }
}

/// Whether a paragraph under a heading of references is an entry: it names an address, or is one short line.
fn is_entry(words: &str) -> bool {
    words.contains("http://") || words.contains("https://") || words.contains("www.") || words.len() <= 200
}
