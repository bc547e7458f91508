//! Trains `models/tags.bin`, `models/trees.bin`, `models/lemmas.txt` and `models/frequency.txt` on a treebank.
//!
//! `belie-train-language TRAIN.conllu DEV.conllu VECTORS OUT` writes the models to the folder OUT and prints what they
//! reach on DEV; VECTORS is a folder with `vocab.txt` and `model.safetensors`, whose word vectors tell of words that the
//! treebank does not have. `belie-train-language --test TEST.conllu MODELS` prints what the models in a folder reach. The same input gives
//! the same bytes.

// The product's own files: one definition of what a model sees. The product uses more of them.
#[path = "../../../src/language/label.rs"]
mod label;
#[path = "../../../src/language/lemma.rs"]
mod lemma;
#[path = "../../../src/language/tag.rs"]
#[allow(dead_code)]
mod tag;
#[path = "../../../src/language/tree.rs"]
mod tree;
#[path = "../../../src/language/weights.rs"]
mod weights;

mod learn;
mod retell;
mod rules;
mod treebank;
mod vectors;

use std::time::{Duration, Instant};

use label::Label;
use learn::{Learner, Random, Settings};
use tag::Tag;
use tree::{STEPS, State, Step};
use treebank::Sentence;
use vectors::Vectors;
use weights::Net;

/// Sentences between two steps of the learning.
const BATCH: usize = 8;
/// Parts into which the training part is cut, so that the parser learns from tags as the tagger gives them to unseen text.
const FOLDS: usize = 8;
/// How the tagger learns.
const TAGGER: Settings =
    Settings { passes: 8, rare: 2, least: 100, drop: 0.3, drop_token: 0.1, forget: 0.15, rate: 0.001 };
/// How the parser learns.
const PARSER: Settings =
    Settings { passes: 9, rare: 2, least: 300, drop: 0.3, drop_token: 0.1, forget: 0.15, rate: 0.001 };

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--test", test, models] => {
            let read =
                |name: &str| std::fs::read(format!("{models}/{name}")).map_err(|e| format!("{models}/{name}: {e}"));
            let lemmas = String::from_utf8(read("lemmas.txt")?).map_err(|e| e.to_string())?;
            let (tags, trees) = (Net::new(read("tags.bin")?.leak()), Net::new(read("trees.bin")?.leak()));
            if tags.is_empty() || trees.is_empty() {
                return Err(format!("{models}: models of another form"));
            }
            report("test", &treebank::read(test)?, &tags, &trees, &lemma::Rules::new(lemmas.leak()));
            Ok(())
        }
        [train, dev, vectors, out] => {
            learn_all(treebank::read(train)?, &treebank::read(dev)?, &Vectors::read(vectors)?, out)
        }
        _ => {
            Err("usage: belie-train-language TRAIN.conllu DEV.conllu VECTORS OUT | --test TEST.conllu MODELS"
                .to_owned())
        }
    }
}

fn learn_all(train: Vec<Sentence>, dev: &[Sentence], vectors: &Vectors, out: &str) -> Result<(), String> {
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(format!("{out}/{name}"), bytes).map_err(|e| format!("{out}/{name}: {e}"))
    };
    let lemmas = rules::learn(&train);
    write("lemmas.txt", lemmas.as_bytes())?;
    write("frequency.txt", rules::frequency(&train).as_bytes())?;
    let train = retell::with_retold(train);
    eprintln!("{} sentences with those told again", train.len());
    let all: Vec<&Sentence> = train.iter().collect();
    let tags = learn_tags(&all, vectors);
    write("tags.bin", &tags)?;

    // Tags as the tagger gives them to text that it was not trained on.
    let mut told: Vec<Vec<Tag>> = vec![Vec::new(); train.len()];
    for fold in 0..FOLDS {
        eprintln!("part {} of {FOLDS}", fold + 1);
        let others: Vec<&Sentence> =
            all.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, s)| *s).collect();
        let net = Net::new(learn_tags(&others, vectors).leak());
        for i in (fold..train.len()).step_by(FOLDS) {
            told[i] = tag::tag(&train[i].seen, &net);
        }
    }
    let trees = learn_trees(&train, &told, vectors);
    write("trees.bin", &trees)?;
    report("dev", dev, &Net::new(tags.leak()), &Net::new(trees.leak()), &lemma::Rules::new(lemmas.leak()));
    Ok(())
}

/// Every batch of every pass, each pass in another order: the number of the pass, those of the sentences, and the part of
/// the training that is still to come.
fn batches(sentences: usize, passes: usize) -> impl Iterator<Item = (usize, Vec<usize>, f32)> {
    let mut random = Random::new(2);
    let mut order: Vec<usize> = (0..sentences).collect();
    let count = sentences.div_ceil(BATCH);
    (0..passes).flat_map(move |pass| {
        random.shuffle(&mut order);
        let parts: Vec<Vec<usize>> = order.chunks(BATCH).map(<[usize]>::to_vec).collect();
        let left = move |i| 1.0 - (pass * count + i) as f32 / (passes * count) as f32;
        parts.into_iter().enumerate().map(move |(i, part)| (pass, part, left(i)))
    })
}

/// What a function emits.
fn collect(features: impl FnOnce(&mut dyn FnMut(u64))) -> Vec<u64> {
    let mut out = Vec::with_capacity(32);
    features(&mut |f| out.push(f));
    out
}

/// The first of the greatest among some answers.
fn best<const N: usize>(scores: &[f32; N], of: &[usize]) -> usize {
    of.iter().copied().reduce(|a, b| if scores[b] > scores[a] { b } else { a }).unwrap_or(0)
}

fn learn_tags(train: &[&Sentence], vectors: &Vectors) -> Vec<u8> {
    let of_token =
        |s: &Sentence| (0..=s.seen.len()).map(|at| collect(|emit| tag::token_features(&s.seen, at, emit))).collect();
    let features: Vec<Vec<Vec<u64>>> = train.iter().map(|s| of_token(s)).collect();
    let mut learner: Learner<{ tag::TOKEN }, { tag::HIDDEN }, { tag::PLACES }, { Tag::ALL.len() }> =
        Learner::new(TAGGER, features.iter().flatten().flatten(), vectors.all, vectors.features(tag::VECTOR));
    let all: Vec<usize> = (0..Tag::ALL.len()).collect();
    for (pass, part, left) in batches(train.len(), TAGGER.passes) {
        for i in part {
            let sentence = train[i];
            let mut lesson = learner.begin(&features[i]);
            let mut tags = Vec::with_capacity(sentence.tags.len());
            for (at, gold) in sentence.tags.iter().enumerate() {
                let asked = collect(|emit| tag::state_features(&sentence.seen, &tags, at, emit));
                let scores = learner.ask(&mut lesson, tag::places(sentence.tags.len(), at), &asked);
                learner.teach(&mut lesson, &scores, &all, &[*gold as usize]);
                // Later passes walk on from their own errors.
                tags.push(if pass > 0 { Tag::ALL[best(&scores, &all)] } else { *gold });
            }
            learner.end(lesson);
        }
        learner.step(left);
    }
    learner.bytes()
}

fn learn_trees(train: &[Sentence], told: &[Vec<Tag>], vectors: &Vectors) -> Vec<u8> {
    let of_token = |s: &Sentence, tags: &[Tag]| {
        (0..tags.len() + 2).map(|at| collect(|emit| tree::token_features(&s.seen, tags, at, emit))).collect()
    };
    let features: Vec<Vec<Vec<u64>>> = train.iter().zip(told).map(|(s, tags)| of_token(s, tags)).collect();
    let mut learner: Learner<{ tree::TOKEN }, { tree::HIDDEN }, { tree::PLACES }, STEPS> =
        Learner::new(PARSER, features.iter().flatten().flatten(), vectors.all, vectors.features(tree::VECTOR));
    let mut random = Random::new(4);
    for (pass, part, left) in batches(train.len(), PARSER.passes) {
        for i in part {
            let (sentence, tags) = (&train[i], &told[i]);
            let mut lesson = learner.begin(&features[i]);
            let mut state = State::new(tags.len());
            while !state.is_done() {
                let asked = collect(|emit| tree::state_features(tags, &state, emit));
                let scores = learner.ask(&mut lesson, state.places(), &asked);
                let allowed: Vec<usize> = (0..STEPS).filter(|s| state.allows(Step::of(*s))).collect();
                let good = good_steps(&state, &allowed, sentence);
                learner.teach(&mut lesson, &scores, &allowed, &good);
                // Later passes walk on from their own errors, most of the time.
                let wander = pass > 0 && random.below(10) > 0;
                state.take(Step::of(best(&scores, if wander { &allowed } else { &good })));
            }
            learner.end(lesson);
        }
        learner.step(left);
    }
    learner.bytes()
}

/// Of the steps that are allowed: those that lose the fewest heads, with the label of the token that gets its head.
fn good_steps(state: &State, allowed: &[usize], gold: &Sentence) -> Vec<usize> {
    let label = match state.stack.last() {
        Some(_) if state.next == gold.heads.len() && state.stack.len() == 1 => Label::Root,
        Some(top) if gold.labels[*top] != Label::Root => gold.labels[*top],
        _ => Label::Parataxis,
    };
    let fits = |s: &usize| match Step::of(*s) {
        Step::Shift => true,
        Step::Left(l) | Step::Right(l) => l == label,
    };
    let costs: Vec<(usize, usize)> =
        allowed.iter().filter(|s| fits(s)).map(|s| (*s, state.cost(Step::of(*s), &gold.heads))).collect();
    let least = costs.iter().map(|(_, cost)| *cost).min().unwrap_or(0);
    costs.into_iter().filter(|(_, cost)| *cost == least).map(|(s, _)| s).collect()
}

/// Prints what the models reach on the gold tokens of a treebank, punctuation counted, and how fast.
fn report(name: &str, gold: &[Sentence], tags: &tag::Net, trees: &tree::Net, lemmas: &lemma::Rules) {
    let (mut all, mut pos, mut exact, mut uas, mut las, mut lemma) = (0, 0, 0, 0, 0, 0);
    let (mut tag_time, mut tree_time) = (Duration::ZERO, Duration::ZERO);
    for sentence in gold {
        let begun = Instant::now();
        let told = tag::tag(&sentence.seen, tags);
        tag_time += begun.elapsed();
        let begun = Instant::now();
        let found = tree::parse(&sentence.seen, &told, trees);
        tree_time += begun.elapsed();
        for (i, word) in sentence.words.iter().enumerate() {
            let (head, label) = found[i];
            all += 1;
            pos += usize::from(told[i].universal() == sentence.tags[i].universal());
            exact += usize::from(told[i] == sentence.tags[i]);
            uas += usize::from(head == sentence.heads[i]);
            las += usize::from(head == sentence.heads[i] && label == sentence.labels[i]);
            lemma += usize::from(lemmas.lemma(word, told[i]).eq_ignore_ascii_case(&sentence.lemmas[i]));
        }
    }
    let part = |n: usize| 100.0 * n as f64 / all as f64;
    println!(
        "{name}: {} sentences, {all} tokens: UPOS {:.2}, tags {:.2}, UAS {:.2}, LAS {:.2}, lemmas {:.2}",
        gold.len(),
        part(pos),
        part(exact),
        part(uas),
        part(las),
        part(lemma)
    );
    println!(
        "{:.0} sentences a second for tags, {:.0} for tags and trees",
        gold.len() as f64 / tag_time.as_secs_f64(),
        gold.len() as f64 / (tag_time + tree_time).as_secs_f64()
    );
}
