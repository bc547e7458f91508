//! Text from sources inside XML: one place escapes for all forms that are XML.

use crate::text::safe_char;

/// The text as content of an element or as value of an attribute in either kind of quotation mark. What XML 1.0 forbids
/// and what turns the reading order or hides becomes U+FFFD; tabs and line breaks are written as references, since an attribute would lose them.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", c as u32)),
            // Char of XML 1.0, section 2.2; C1 controls are allowed there and discouraged.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(safe_char(c)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_through() {
        assert_eq!(escaped("<script>a('\"&</script>"), "&lt;script&gt;a(&#39;&quot;&amp;&lt;/script&gt;");
        assert_eq!(escaped("]]>"), "]]&gt;");
        assert_eq!(
            escaped("a\u{0}b\u{1b}[31mc\u{85}\u{ffff}\u{1f600}"),
            "a\u{fffd}b\u{fffd}[31mc\u{fffd}\u{fffd}\u{1f600}"
        );
        assert_eq!(escaped("a\u{202e}b\u{2028}c\u{200b}"), "a\u{fffd}b c\u{fffd}");
        assert_eq!(escaped("a\r\n\tb"), "a&#13;&#10;&#9;b");
    }
}
