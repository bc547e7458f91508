//! What reading may cost, and what the user chooses of how it is done.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::file::MOST_TEXT;

/// How files are read. What goes beyond a limit is refused with a problem that names it.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Largest file, and most of standard input, that is read, in bytes; less than 4 GiB.
    pub most_bytes: u64,
    /// Most bytes that one file may unpack to, archives in archives counted.
    pub most_unpacked: u64,
    /// How many times its packed size a part of a file may unpack to.
    pub most_ratio: u64,
    /// How deep archives may lie in one another, and elements of XML or JSON.
    pub most_depth: u32,
    /// Most pages of a file, and most documents in one.
    pub most_parts: u32,
    /// Longest that other people's code may take for one file.
    pub most_time: Duration,
    /// Format of standard input, by the name of its reader; otherwise it is told by its bytes.
    pub input_format: Option<&'static str>,
    /// Whether JSON and XML of which nothing says that they are documents are read all the same: where the user names them. A
    /// folder holds many that are settings of programs.
    pub data: bool,
    /// Which keys of JSON hold what, where not the usual ones do.
    pub json: JsonKeys,
}

/// The keys of JSON under which a document keeps its `text`, `title`, `published`, `modified`, `publisher`, `authors`, `url`
/// and `language`, each with the surest first. What is not in it is looked for under the usual ones.
pub type JsonKeys = BTreeMap<String, Vec<String>>;

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions {
            most_bytes: MOST_TEXT,
            most_unpacked: 1 << 30,
            most_ratio: 200,
            most_depth: 64,
            most_parts: 10_000,
            most_time: Duration::from_secs(10),
            input_format: None,
            data: true,
            json: JsonKeys::new(),
        }
    }
}
