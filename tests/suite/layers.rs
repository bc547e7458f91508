//! A module uses only those that stand before it in `src/lib.rs`.
//!
//! What is read is the text of `src/`, without comments, strings and tests: a test may use whatever it likes.

use std::fs;
use std::sync::LazyLock;

use regex::Regex;

use crate::given;

/// A path from the root of the crate, or one that climbs by `super`.
static PATHS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bcrate::|\b(?:super::)+").unwrap());
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*(?:r#)?(\w+)").unwrap());
static MODULE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?mod (\w+);").unwrap());

/// The modules in the order in which `src/lib.rs` declares them.
fn order() -> Vec<String> {
    let lib = code(&fs::read_to_string(given::root().join("src/lib.rs")).unwrap());
    MODULE.captures_iter(&lib).map(|c| c[1].to_owned()).collect()
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let order = order();
    assert!(order.len() > 10, "{order:?}");
    let files = given::sources("src");
    let tests = test_files(&files);
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| !tests.contains(path)) {
        let Some(own) = module_of(path) else { continue };
        let Some(at) = order.iter().position(|m| *m == own) else {
            wrong.push(format!("{path}: `{own}` is not declared in src/lib.rs"));
            continue;
        };
        for (line, used) in uses(path, text) {
            seen += 1;
            match order.iter().position(|m| *m == used) {
                Some(other) if other <= at => {}
                Some(_) => wrong.push(format!("{path}:{line}: `{own}` uses `{used}`, which stands after it")),
                None => wrong.push(format!("{path}:{line}: `{used}` is no module of src/lib.rs")),
            }
        }
    }
    assert!(seen > 200, "only {seen} paths were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_architecture_names_every_module() {
    let Ok(text) = fs::read_to_string(given::root().join("ARCHITECTURE.md")) else { return };
    let named = |m: &String| text.contains(&format!("`{m}`")) || text.contains(&format!("src/{m}"));
    let missing: Vec<String> = order().into_iter().filter(|m| !named(m)).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {}", missing.join(", "));
}

#[test]
fn the_files_are_read_as_rust_reads_them() {
    let text = r###"
//! [`crate::cli`]
use crate::text::Span; // crate::cli
use crate::{value, rule::{Rules, Lookup as L}};
/* crate::cli /* */ crate::cli */
const A: &str = "crate::cli \" crate::cli"; const B: &str = r#"crate::cli " "#; const C: char = '"';
fn f<'a>(x: &'a str) { super::super::graph::g(x); super::own(); }
#[cfg(test)]
mod tests { use crate::app::x; fn y() { let _ = "}"; } }
#[cfg(test)]
use crate::app;
fn g() -> crate::claim::Claim { todo!() }
"###;
    let found: Vec<(usize, String)> = uses("src/block/keys.rs", text);
    let found: Vec<(usize, &str)> = found.iter().map(|(l, m)| (*l, m.as_str())).collect();
    assert_eq!(found, [(3, "text"), (4, "value"), (4, "rule"), (7, "graph"), (12, "claim")]);
    // `super` of a module below the root is the root.
    let found = uses("src/block.rs", "use super::{app, cli::run};");
    assert_eq!(found, [(1, "app".to_owned()), (1, "cli".to_owned())]);
    assert_eq!(uses("src/block/mod.rs", "use super::app;"), [(1, "app".to_owned())]);
}

/// The module of the crate that a file belongs to; `None` for the roots of library and binary.
fn module_of(path: &str) -> Option<String> {
    let below = path.strip_prefix("src/")?;
    let first = below.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main") || below.contains('/')).then(|| name.to_owned())
}

/// Line and name of each module that the code of a file names by a path from the root.
fn uses(path: &str, text: &str) -> Vec<(usize, String)> {
    let code = code(text);
    let below = path.trim_start_matches("src/").trim_end_matches(".rs");
    let depth = below.split('/').filter(|part| *part != "mod").count();
    let mut out = Vec::new();
    for found in PATHS.find_iter(&code) {
        let climbs = found.as_str().matches("super::").count();
        if climbs > 0 && climbs != depth {
            continue;
        }
        let line = code[..found.start()].matches('\n').count() + 1;
        out.extend(heads(&code[found.end()..]).into_iter().map(|name| (line, name)));
    }
    out
}

/// The name that a path goes on with; of a group, that of every branch.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| NAME.captures(text).map(|c| c[1].to_owned());
    let Some(group) = rest.strip_prefix('{') else { return name(rest).into_iter().collect() };
    let mut depth = 0;
    let mut out: Vec<String> = name(group).into_iter().collect();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => out.extend(name(&group[at + 1..])),
            _ => {}
        }
    }
    out
}

/// Files that are modules of tests only, and all files below such modules.
fn test_files(files: &[(String, String)]) -> Vec<String> {
    let declared = Regex::new(r"#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))? )?mod (\w+);").unwrap();
    let mut roots = Vec::new();
    for (path, text) in files {
        let folder = match path.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs")) => folder,
            _ => path.trim_end_matches(".rs"),
        };
        roots.extend(declared.captures_iter(text).map(|c| format!("{folder}/{}", &c[1])));
    }
    let below =
        |path: &str| roots.iter().any(|r| path.strip_prefix(r).is_some_and(|p| p == ".rs" || p.starts_with('/')));
    files.iter().map(|(path, _)| path.clone()).filter(|path| below(path)).collect()
}

/// The code of a file: comments, strings and items under `#[cfg(test)]` are blanked, line breaks stay.
fn code(text: &str) -> String {
    let literals = Regex::new(concat!(
        r#"(?s)//[^\n]*"#,                           // line comment
        r##"|b?r#"(?:.*?)"#|b?r"[^"]*""##,           // raw string
        r#"|b?"(?:\\.|[^"\\])*""#,                   // string
        r"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\\n])'", // character; a lifetime has no closing mark
    ))
    .unwrap();
    let blank = |text: &str| -> String { text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect() };
    let text = block_comments(text);
    let mut code = literals.replace_all(&text, |c: &regex::Captures<'_>| blank(&c[0])).into_owned();
    while let Some(start) = code.find("#[cfg(test)]") {
        let mut depth = 0;
        let item = &code[start + 1..];
        let end = item.char_indices().find_map(|(at, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0 && matches!(c, ';' | '}')).then_some(start + 1 + at + 1)
        });
        let end = end.unwrap_or(code.len());
        code.replace_range(start..end, &blank(&code[start..end]));
    }
    code
}

/// Blanks nested `/* */`, save in strings and line comments, which do not hold any in this crate.
fn block_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0;
    let mut chars = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let opens = c == '/' && chars.peek() == Some(&'*') && (depth > 0 || last.is_whitespace());
        let closes = depth > 0 && c == '*' && chars.peek() == Some(&'/');
        if opens || closes {
            chars.next();
            out.push_str("  ");
            depth += if opens { 1 } else { -1 };
        } else {
            out.push(if depth > 0 && c != '\n' { ' ' } else { c });
        }
        last = c;
    }
    out
}
