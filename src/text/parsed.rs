//! What a parser of data says of its input, in words that know nothing of the program that reads it.
//!
//! Comes in: a message of serde, of whatever format. Goes out: the same for whoever wrote the file: a list and not a sequence,
//! an object and not the name of a type.

/// How serde calls what it wanted or found, and how people do; the first that begins alike.
const KINDS: [(&str, &str); 25] = [
    ("struct ", "an object"),
    ("internally tagged enum ", "an object"),
    ("tuple ", "a list"),
    ("a tuple ", "a list"),
    ("an array of ", "a list"),
    ("a sequence", "a list"),
    ("sequence", "a list"),
    ("a map", "an object"),
    ("map", "an object"),
    ("unit", "null"),
    ("null", "null"),
    ("option", "a value"),
    ("a boolean", "true or false"),
    ("bool", "true or false"),
    ("boolean", "true or false"),
    ("u", "a whole number that is not negative"),
    ("i8", "a whole number"),
    ("i16", "a whole number"),
    ("i32", "a whole number"),
    ("i64", "a whole number"),
    ("f32", "a number"),
    ("f64", "a number"),
    ("string or map", "a string or an object"),
    ("enum ", "one word of a fixed set"),
    ("variant identifier", "one word of a fixed set"),
];

/// See the module. A message that names no type comes out as it is.
pub fn parser_words(message: &str) -> String {
    let (message, place) = match message.rfind(" at line ") {
        Some(at) => message.split_at(at),
        None => (message, ""),
    };
    let said = said(message).unwrap_or_else(|| message.to_owned());
    format!("{said}{place}")
}

fn said(message: &str) -> Option<String> {
    let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
    if let Some(rest) = message.strip_prefix("missing field ") {
        return Some(format!("`{}` is missing", quoted(rest)?));
    }
    if let Some(rest) = message.strip_prefix("duplicate field ") {
        return Some(format!("`{}` stands there twice", quoted(rest)?));
    }
    for (prefix, what) in [("unknown field ", "key"), ("unknown variant ", "word")] {
        if let Some(rest) = message.strip_prefix(prefix) {
            let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
            let (word, known) = known.split_first()?;
            let known: Vec<String> = known.iter().map(|k| format!("`{k}`")).collect();
            let known = if known.is_empty() { String::new() } else { format!("; known: {}", known.join(", ")) };
            return Some(format!("unknown {what} `{word}`{known}"));
        }
    }
    if let Some(what) = message.strip_prefix("EOF while parsing ") {
        return Some(format!("it ends in the middle of {what}"));
    }
    if let Some((length, wanted)) =
        message.strip_prefix("invalid length ").and_then(|rest| rest.split_once(", expected "))
        && let Some(size) =
            wanted.strip_prefix("a tuple of size ").or_else(|| wanted.strip_prefix("an array of length "))
    {
        return Some(format!("expected a list of {size} elements, found one of {length}"));
    }
    if message.starts_with("data did not match any variant") {
        return Some("this has none of the forms that can stand here".to_owned());
    }
    let (found, wanted) = message.split_once(", expected ")?;
    let found = ["invalid type: ", "invalid value: "].into_iter().find_map(|p| found.strip_prefix(p)).map(kind);
    // A list is given a length where an object was wanted.
    let found = found.unwrap_or_else(|| "a list".to_owned());
    message.starts_with("invalid ").then(|| format!("expected {}, found {found}", kind(wanted)))
}

/// What is found has its value behind it: "string \"x\"", "integer `3`".
fn kind(words: &str) -> String {
    for (found, article) in
        [("string ", "the string "), ("integer ", "the number "), ("floating point ", "the number ")]
    {
        if let Some(value) = words.strip_prefix(found) {
            return format!("{article}{value}");
        }
    }
    if let Some(value) = words.strip_prefix("boolean `") {
        return value.trim_end_matches('`').to_owned();
    }
    let is = |serde: &str| match serde {
        "u" => ["u8", "u16", "u32", "u64", "usize"].contains(&words),
        _ => words.starts_with(serde),
    };
    KINDS.iter().find(|(serde, _)| is(serde)).map_or_else(|| words.to_owned(), |(_, people)| (*people).to_owned())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what goes wrong is looked at")]
    struct Wire {
        name: String,
        count: Option<u32>,
        pair: Option<(i64, f64)>,
        inner: Option<Inner>,
        mode: Option<Mode>,
        flag: Option<bool>,
        list: Option<Vec<String>>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only what goes wrong is looked at")]
    struct Inner {
        format: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Mode {
        Fast,
        Slow,
    }

    #[test]
    fn words_for_people() {
        let say = |json: &str| parser_words(&serde_json::from_str::<Wire>(json).unwrap_err().to_string());
        for (json, words) in [
            ("[]", "expected an object, found a list at line 1 column 2"),
            ("3", "expected an object, found the number `3` at line 1 column 1"),
            ("{}", "`name` is missing at line 1 column 2"),
            (r#"{"name": 1}"#, "expected a string, found the number `1` at line 1 column 10"),
            (
                r#"{"name": "a", "count": -1}"#,
                "expected a whole number that is not negative, found the number `-1` at line 1 column 25",
            ),
            (r#"{"name": "a", "pair": [1]}"#, "expected a list of 2 elements, found one of 1 at line 1 column 25"),
            (r#"{"name": "a", "inner": []}"#, "expected an object, found a list at line 1 column 25"),
            (r#"{"name": "a", "mode": "quick"}"#, "unknown word `quick`; known: `fast`, `slow` at line 1 column 29"),
            (r#"{"name": "a", "flag": null, "list": {}}"#, "expected a list, found an object at line 1 column 36"),
            (r#"{"name": "a", "flag": "yes"}"#, "expected true or false, found the string \"yes\" at line 1 column 27"),
            (
                r#"{"nam": "a"}"#,
                "unknown key `nam`; known: `name`, `count`, `pair`, `inner`, `mode`, `flag`, `list` at line 1 column 6",
            ),
            (r#"{"name": "a", "name": "b"}"#, "`name` stands there twice at line 1 column 20"),
            ("{", "it ends in the middle of an object at line 1 column 1"),
        ] {
            assert_eq!(say(json), words);
        }
    }
}
