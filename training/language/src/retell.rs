//! Sentences of the treebank told again, for what it has too few of: figures as objects ("owes $4 billion", "employs 1,200
//! people"), figures that a subject has ("the village of 1,200"), and sentences of nothing but subject, verb and object.

use crate::label::Label;
use crate::learn::Random;
use crate::tag::{Seen, Tag};
use crate::treebank::Sentence;

const NUMBERS: [&str; 12] = ["12", "nine", "1,200", "40,000", "26", "three", "51", "7", "300", "sixty", "2.5", "18"];
const SCALES: [&str; 3] = ["million", "billion", "thousand"];

/// The sentences themselves, and behind them those that can be told again, with a share of all figures.
pub fn with_retold(train: Vec<Sentence>) -> Vec<Sentence> {
    let mut random = Random::new(5);
    let mut retold = Vec::new();
    for sentence in &train {
        let core = core(sentence);
        let counted = |s: &Sentence, random: &mut Random| count(s, random).or_else(|| price(s, random));
        match random.below(8) {
            0..4 => retold.extend(core.and_then(|c| counted(&c, &mut random))),
            4 => retold.extend(core.and_then(|c| sized(&c, &mut random))),
            _ => {}
        }
    }
    train.into_iter().chain(retold).collect()
}

/// The object of a verb that has one: a noun that is not named.
fn object(s: &Sentence) -> Option<usize> {
    (0..s.words.len()).find(|&i| s.labels[i] == Label::Obj && matches!(s.tags[i], Tag::Noun | Tag::Nouns))
}

/// Subject, verb and object of the head of a sentence, with what stands close to them, and a full stop.
fn core(s: &Sentence) -> Option<Sentence> {
    let all = s.words.len();
    let verb = (0..all).find(|&i| s.heads[i] == all && s.tags[i].is_verb())?;
    let of_verb = |label| (0..all).find(|&i| s.heads[i] == verb && s.labels[i] == label);
    let (subject, object) = (of_verb(Label::Nsubj)?, of_verb(Label::Obj)?);
    let ends = |i: &usize| s.heads[*i] == verb && s.words[*i] == ".";
    let close = |i: usize| {
        let beside = matches!(s.labels[i], Label::Det | Label::Amod | Label::Compound | Label::Nummod | Label::Flat);
        let helps = matches!(s.labels[i], Label::Aux | Label::Prt) && s.heads[i] == verb;
        beside && [subject, object].contains(&s.heads[i]) || helps
    };
    let keep: Vec<usize> = (0..all).filter(|i| [verb, subject, object].contains(i) || close(*i) || ends(i)).collect();
    // Capitals as at the beginning of a sentence.
    let mut out = part(s, &keep);
    let first = out.words.first_mut()?;
    let mut letters = first.chars();
    *first = letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
    out.seen[0] = Seen::of(&out.words[0]);
    (subject < verb && verb < object && out.words.last().is_some_and(|w| w == ".")).then_some(out)
}

/// Some tokens of a sentence, whose heads are among them.
fn part(s: &Sentence, keep: &[usize]) -> Sentence {
    let place = |head: usize| keep.iter().position(|k| *k == head).unwrap_or(keep.len());
    Sentence {
        words: keep.iter().map(|i| s.words[*i].clone()).collect(),
        seen: keep.iter().map(|i| s.seen[*i]).collect(),
        tags: keep.iter().map(|i| s.tags[*i]).collect(),
        heads: keep.iter().map(|i| place(s.heads[*i])).collect(),
        labels: keep.iter().map(|i| s.labels[*i]).collect(),
        lemmas: keep.iter().map(|i| s.lemmas[*i].clone()).collect(),
    }
}

/// "Employs the people" as "employs 1,200 people".
fn count(s: &Sentence, random: &mut Random) -> Option<Sentence> {
    let object = object(s)?;
    let det = (0..object).find(|&i| s.heads[i] == object && s.labels[i] == Label::Det)?;
    let mut out = s.clone();
    set(&mut out, det, NUMBERS[random.below(NUMBERS.len())], Tag::Num, s.heads[det], Label::Nummod);
    Some(out)
}

/// "The village voted" as "the village of 1,200 voted".
fn sized(s: &Sentence, random: &mut Random) -> Option<Sentence> {
    let noun = |i: usize| matches!(s.tags[i], Tag::Noun | Tag::Nouns);
    let subject = (0..s.words.len()).find(|&i| s.labels[i] == Label::Nsubj && noun(i))?;
    let mut out = s.clone();
    for (n, (word, tag)) in [("of", Tag::Adp), (NUMBERS[random.below(NUMBERS.len())], Tag::Num)].into_iter().enumerate()
    {
        let at = subject + 1 + n;
        out.heads.iter_mut().filter(|h| **h >= at).for_each(|h| *h += 1);
        insert(&mut out, at);
        let (head, label) = if n == 0 { (at, Label::Case) } else { (subject, Label::Nmod) };
        set(&mut out, at, word, tag, head, label);
    }
    out.heads[subject + 1] = subject + 2;
    Some(out)
}

/// "Owes a debt" as "owes $4 billion": the object with all before it, where nothing hangs on it behind.
fn price(s: &Sentence, random: &mut Random) -> Option<Sentence> {
    let object = object(s)?;
    let first = (0..object).filter(|&i| s.heads[i] == object).min().unwrap_or(object);
    let inside = |i: usize| (first..=object).contains(&i);
    let whole =
        (0..s.words.len()).all(|i| inside(i) || !inside(s.heads[i])) && (first..object).all(|i| inside(s.heads[i]));
    if !whole {
        return None;
    }
    // Three tokens in the place of those of the object.
    let length = object + 1 - first;
    let moved = |at: usize| {
        if at > object {
            at + 3 - length
        } else if at >= first {
            first
        } else {
            at
        }
    };
    let keep: Vec<usize> = (0..first).chain(object + 1..s.words.len()).collect();
    let mut out = part(s, &keep);
    for (own, old) in out.heads.iter_mut().zip(&keep) {
        *own = moved(s.heads[*old]);
    }
    for (n, word) in
        ["$", NUMBERS[random.below(NUMBERS.len())], SCALES[random.below(SCALES.len())]].into_iter().enumerate()
    {
        insert(&mut out, first + n);
        let (tag, head, label) = match n {
            0 => (Tag::Sym, moved(s.heads[object]), Label::Obj),
            1 => (Tag::Num, first + 2, Label::Compound),
            _ => (Tag::Num, first, Label::Nummod),
        };
        set(&mut out, first + n, word, tag, head, label);
    }
    Some(out)
}

/// Makes place for a token.
fn insert(s: &mut Sentence, at: usize) {
    s.words.insert(at, String::new());
    s.seen.insert(at, Seen::default());
    s.tags.insert(at, Tag::X);
    s.heads.insert(at, 0);
    s.labels.insert(at, Label::Dep);
    s.lemmas.insert(at, String::new());
}

/// Writes a token.
fn set(s: &mut Sentence, at: usize, word: &str, tag: Tag, head: usize, label: Label) {
    s.words[at] = word.to_owned();
    s.seen[at] = Seen::of(word);
    s.tags[at] = tag;
    s.heads[at] = head;
    s.labels[at] = label;
    s.lemmas[at] = word.to_owned();
}
