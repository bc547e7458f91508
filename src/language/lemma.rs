//! Lemmas: for each part of speech, endings and what becomes of them.

use std::collections::HashMap;

use super::tag::Tag;

/// How many characters are cut off at the end of a word, and what is put on.
pub type Edit = (usize, String);

/// Longest ending of a rule in characters, the mark of a word's beginning included.
pub const PLACES: usize = 7;

/// The letter under which the rules of a tag stand; `None` where the lemma is the word in lower case.
pub fn class(tag: Tag) -> Option<char> {
    Some(match tag {
        Tag::Nouns => 's',
        Tag::Noun => 'n',
        Tag::VerbS => 'z',
        Tag::VerbPast => 'd',
        Tag::VerbPart => 'p',
        Tag::VerbIng => 'g',
        Tag::Aux => 'x',
        Tag::Adj => 'a',
        Tag::Adv => 'r',
        Tag::Pron | Tag::Det => 'o',
        Tag::Part => 't',
        _ => return None,
    })
}

/// Rules as the training wrote them: a line `class ending cut put`, `^` in an ending for the beginning of a word.
#[derive(Debug)]
pub struct Rules {
    edits: HashMap<(char, &'static str), (usize, &'static str)>,
}

impl Rules {
    /// Reads the lines. A line of another form is passed over.
    pub fn new(text: &'static str) -> Rules {
        let edits = text.lines().filter_map(|line| {
            let mut parts = line.split(' ');
            let (class, ending) = (parts.next()?.chars().next()?, parts.next()?);
            let cut = parts.next()?.parse().ok()?;
            Some(((class, ending), (cut, parts.next().unwrap_or_default())))
        });
        Rules { edits: edits.collect() }
    }

    /// The lemma of a word in lower case; of a name, the name as it stands.
    pub fn lemma(&self, word: &str, tag: Tag) -> String {
        if tag == Tag::Propn {
            return word.to_owned();
        }
        let lower = word.to_lowercase();
        let Some(class) = class(tag) else { return lower };
        let marked = format!("^{lower}");
        let starts: Vec<usize> = marked.char_indices().map(|(i, _)| i).chain([marked.len()]).collect();
        for from in &starts[starts.len().saturating_sub(PLACES + 1)..] {
            if let Some((cut, put)) = self.edits.get(&(class, &marked[*from..])) {
                let keep = starts[starts.len().saturating_sub(cut + 1)];
                return format!("{}{put}", &marked[..keep]).trim_start_matches('^').to_owned();
            }
        }
        lower
    }
}
