//! Where a claim stands, as a reader looks it up.

use std::fmt;

use crate::source::Document;
use crate::text::{Position, Span, safe};

use super::Claim;

/// A place in a source: `path:line:column`, and the page where there are pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as shown to users, harmless for a terminal.
    pub path: String,
    /// Line and column, from 1.
    pub position: Position,
    /// The page, from 1, where there are pages.
    pub page: Option<u32>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.position.line, self.position.column)?;
        self.page.map_or(Ok(()), |page| write!(f, " (page {page})"))
    }
}

/// The place of a claim's value in its document: what `line` and `column` mean in every format.
pub fn source_place(document: &Document, claim: &Claim) -> Place {
    place_of(document, claim.value_span)
}

/// The place of any words of a document.
pub fn place_of(document: &Document, words: Span) -> Place {
    Place {
        path: safe(&document.path).into_owned(),
        position: document.position(words.start),
        page: document.page(words.start),
    }
}
