//! Files of state, as text.

use std::path::Path;

use crate::file::{self, Refused};
use crate::rule::Fault;

/// A file of more bytes than this is no state of belie's.
const MOST_BYTES: u64 = 1 << 28;

/// The text of a file; `None` when there is none. `shown` is its path in messages.
///
/// # Errors
/// When it is there and cannot be read, is no regular file or too large for one of state, or is no UTF-8.
pub fn read(path: &Path, shown: &str) -> Result<Option<String>, Fault> {
    let whole = |message: String| Fault::of_path(shown, message);
    match file::read(path, MOST_BYTES) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| whole("is not UTF-8".to_owned())),
        Err(Refused::Missing) => Ok(None),
        Err(refused) => Err(whole(refused.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_no_fault() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("state.json");
        assert_eq!(read(&path, "state.json"), Ok(None));
        file::write(&path, "one\n").unwrap();
        assert_eq!(read(&path, "state.json"), Ok(Some("one\n".to_owned())));
        file::write(&path, [0xff]).unwrap();
        assert!(read(&path, "state.json").unwrap_err().message.contains("UTF-8"));
        assert!(read(root.path(), "state").unwrap_err().message.contains("folder"));
    }
}
