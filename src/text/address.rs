//! Paths as addresses (RFC 3986).

use std::path::Path;

/// The path as a relative reference with `/`, or with the scheme `file` where it is absolute. Everything but unreserved
/// characters and `/` is written as bytes of UTF-8 in hex, so that no path can be read as a scheme or a query.
pub(crate) fn address(path: &str) -> String {
    let windows = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut out = String::with_capacity(path.len());
    if Path::new(path).is_absolute() {
        // An absolute path of Windows begins with a letter.
        out.push_str(if windows.starts_with('/') { "file://" } else { "file:///" });
    }
    for &byte in windows.as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
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
