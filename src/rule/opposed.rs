//! Words and phrases of which one thing can be one at a time, from the lexicons `antonyms` and `exclusive`.
//!
//! Comes in: their rows. Goes out: whether two phrases, in any inflection, rule each other out.

use foldhash::HashMap;

use crate::text::lemmas;

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Opposed {
    /// By phrase in lower case: the sets it stands in, and which member of each it is.
    members: HashMap<Box<str>, Vec<(u32, u32)>>,
    sets: u32,
}

/// A phrase as far as others may rule it out.
#[derive(Debug, Clone, Default)]
pub struct Phrase {
    /// The sets in which it stands, each with which member of it it is.
    sets: Vec<(u32, u32)>,
    /// What the adjective may be of which it is the highest, or a higher, degree.
    degrees: [Vec<Phrase>; 2],
}

impl Phrase {
    /// Whether this and the other are two members of one set.
    pub fn excludes(&self, other: &Phrase) -> bool {
        let mut degrees = self.degrees.iter().zip(&other.degrees);
        if degrees.any(|(own, theirs)| own.iter().any(|p| theirs.iter().any(|q| p.excludes(q)))) {
            return true;
        }
        let (p, q) = (&self.sets, &other.sets);
        let one = p.iter().any(|x| q.contains(x));
        !one && p.iter().any(|(set, member)| q.iter().any(|(s, m)| s == set && m != member))
    }

    /// Whether nothing rules it out.
    fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.degrees.iter().all(Vec::is_empty)
    }

    /// The sets in which it stands, each with which member of it it is.
    pub fn sets(&self) -> &[(u32, u32)] {
        &self.sets
    }
}

impl Opposed {
    /// Adds a row of antonyms: the key against each of its forms, these not against each other.
    pub(super) fn add_pair(&mut self, key: &str, forms: &[String], irregular: &impl Fn(&str) -> Vec<String>) {
        self.sets += 1;
        self.add(key, 0, irregular);
        for form in forms.iter().filter(|f| *f != key) {
            self.add(form, 1, irregular);
        }
    }

    /// Adds a row of exclusive words: each against each. A stroke parts words that mean the same.
    pub(super) fn add_set(&mut self, key: &str, forms: &[String], irregular: &impl Fn(&str) -> Vec<String>) {
        self.sets += 1;
        for (member, form) in (0..).zip(forms.iter().filter(|f| *f != key)) {
            form.split('/').for_each(|word| self.add(word, member, irregular));
        }
    }

    fn add(&mut self, phrase: &str, member: u32, irregular: &impl Fn(&str) -> Vec<String>) {
        for form in std::iter::once(phrase.to_owned()).chain(irregular(phrase)) {
            self.members.entry(form.into()).or_default().push((self.sets, member));
        }
    }

    /// Whether the two phrases, in lower case, are two members of one set.
    pub fn apart(&self, a: &str, b: &str) -> bool {
        let phrase = self.phrase(a);
        !phrase.is_empty() && phrase.excludes(&self.phrase(b))
    }

    /// What there is to be known of a phrase in lower case, for whoever asks more than once.
    pub fn phrase(&self, phrase: &str) -> Phrase {
        // "The longest" and "the shortest", "older" and "younger".
        let degree = |ending: &str| {
            let stem = phrase.strip_suffix(ending).map(|stem| self.plain(stem)).unwrap_or_default();
            stem.iter().map(|plain| self.phrase(plain)).collect()
        };
        Phrase { sets: self.of(phrase), degrees: ["est", "er"].map(degree) }
    }

    /// What an adjective may be whose ending of degree has gone: "larg" is "large", "bigg" is "big", "heavi" is "heavy".
    fn plain(&self, stem: &str) -> Vec<String> {
        let mut all = vec![stem.to_owned(), format!("{stem}e")];
        all.extend(stem.strip_suffix('i').map(|s| format!("{s}y")));
        let mut last = stem.chars().rev();
        if let (Some(p), Some(q)) = (last.next(), last.next())
            && p == q
        {
            all.push(stem[..stem.len() - p.len_utf8()].to_owned());
        }
        all.retain(|word| self.members.contains_key(word.as_str()));
        all
    }

    /// The sets in which a phrase stands, in lower case, each with which member of it it is: as the phrase stands; failing that, of
    /// what its last word may be a form of, or what may be its past form ("postpone" of "postponed").
    fn of(&self, phrase: &str) -> Vec<(u32, u32)> {
        if let Some(own) = self.members.get(phrase) {
            return own.clone();
        }
        let (head, last) =
            phrase.rsplit_once(' ').map_or(("", phrase), |(_, last)| (&phrase[..phrase.len() - last.len()], last));
        let mut out = Vec::new();
        lemmas(last, |lemma| out.extend(self.members.get(&*format!("{head}{lemma}")).into_iter().flatten()));
        if out.is_empty() {
            let past = if phrase.ends_with('e') { "d" } else { "ed" };
            out.extend(self.members.get(&*format!("{phrase}{past}")).into_iter().flatten());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_whatever_form() {
        let mut opposed = Opposed::default();
        let none = |_: &str| Vec::new();
        opposed.add_set("response", &["approved", "rejected", "postponed"].map(str::to_owned), &none);
        opposed.add_pair("large", &["small".to_owned()], &none);
        for (a, b, apart) in [
            ("approved", "rejected", true),
            ("approve", "postponed", true),
            ("approve", "postpone", true),
            ("rejects", "reject", false),
            ("approved", "approve", false),
            ("largest", "smallest", true),
            ("large", "approve", false),
            ("approval", "reject", false),
        ] {
            assert_eq!(opposed.apart(a, b), apart, "{a} {b}");
            assert_eq!(opposed.apart(b, a), apart, "{b} {a}");
        }
    }
}
