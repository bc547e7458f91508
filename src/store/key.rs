//! What an entry is filed under.

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::source::{Document, Markup};

/// This very program, as far as extraction goes: its version, and a hash of its sources and its lock file from
/// `build.rs`. A change of any stage or of the form of an entry makes all entries strangers, and no number has to be
/// raised by hand for it.
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("BELIE_SOURCES"));

/// SHA-256 of everything that the first pass over a document depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(pub(super) [u8; 32]);

impl Key {
    /// The key of a document under rules, by their hash, and an assumed date. Rather too wide than too narrow: it holds
    /// whatever a configuration can say of a document, whether extraction looks at it or not.
    pub(super) fn new(program: &str, document: &Document, rules: &str, as_of: Option<Date>) -> Key {
        // Every field is named, so that a new one has to be thought about.
        let Document {
            id,
            path: _, // differs from machine to machine; what it says of the format is in `format`
            format,
            markup,
            pieces: _, // follow from the bytes, the format and the program
            basis: _,
            text, // of a file that holds several, or that is read as the user says, not from its bytes alone
            map: _,
            bytes: _,
            sha256,
            title,
            title_span: _,
            publisher,
            published,
            modified,
            authors,
            url,
            language,
            stated_in: _, // of no account to extraction
            pages: _,     // nor are these
            body: _,
            noise: _,
            ignored, // by the configuration, perhaps
            lines: _,
        } = document;
        let stated = (title, publisher, published, modified, authors, url, language);
        let text = (*markup == Markup::Blocks).then(|| Sha256::digest(text));
        // Quoted and escaped by `Debug`, so that no two lists of parts run together.
        let parts = format!("{:?}", (program, rules, as_of, id, format, markup, sha256, text, stated, ignored));
        Key(Sha256::digest(parts).into())
    }

    /// In lower-case hexadecimal.
    pub(super) fn hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }
}
