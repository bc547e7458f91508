//! The title of a text that was extracted, and where it is stated.

use super::blocks::Gathered;
use super::dateline;
use super::reader::{Piece, PieceKind};
use crate::text::Span;

/// Where the title of extracted text is, and where that is stated.
pub(super) enum Title {
    /// In the text.
    Within(Span, &'static str),
    /// Nowhere in it.
    Before(String, &'static str),
}

/// The first heading of a text that is as is asked for.
pub(super) fn heading(gathered: &Gathered, is: impl Fn(u8, &str) -> bool) -> Option<Title> {
    let is = |piece: &&Piece| matches!(piece.kind, PieceKind::Heading(rank) if is(rank, piece.span.of(&gathered.text)));
    gathered.pieces.iter().find(is).map(|piece| Title::Within(piece.span, "heading"))
}

/// Whether two titles are the same, in whatever case they are written.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(a) == words(b)
}

/// Whether one of the first lines of a text gives the day on which it was published.
pub(super) fn is_dated(text: &str, body: usize) -> bool {
    dateline::of_head(text, Span::new(body, text.len()), |_| true).is_some()
}
