//! Paths as addresses (RFC 3986).

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is written as bytes of UTF-8 in hexadecimal: all but unreserved characters and `/`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path as a relative reference with `/`, or with the scheme `file` where it is absolute, so written that no path can be
/// read as a scheme or a query.
pub(crate) fn address(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let scheme = match Path::new(&path).is_absolute() {
        true if path.starts_with('/') => "file://",
        // An absolute path of Windows begins with a letter.
        true => "file:///",
        false => "",
    };
    format!("{scheme}{}", utf8_percent_encode(&path, ENCODED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(address("a/b-c_1.txt"), "a/b-c_1.txt");
        assert_eq!(address("é 1%?#:.md"), "%C3%A9%201%25%3F%23%3A.md");
        assert_eq!(address("javascript:alert(1)"), "javascript%3Aalert%281%29");
        #[cfg(unix)]
        assert_eq!(address("/tmp/a b.txt"), "file:///tmp/a%20b.txt");
    }
}
