//! Rule files as they are embedded: read from TOML when belie is built, every value with its place.
//!
//! `build.rs` includes this file, and writes what `unpack.rs` reads: postcard, a value after the other. A value is its
//! [`Head`], and then the text, the number, true or false, or how many members it has and these; a member of a table is
//! two values, the key and what it is set to, in the order of the file. Nothing here knows what a rule is.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a value is and where it stands in its file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
}

/// What rule files are made of.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Text,
    Integer,
    Boolean,
    List,
    Table,
}

/// SHA-256 over texts, each with its length, so that no two lists of texts run together.
pub(crate) fn digest(texts: impl IntoIterator<Item = impl AsRef<str>>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for text in texts {
        let text = text.as_ref();
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().into()
}
