//! Trains `models/tags.bin`, `models/heads.bin`, `models/labels.bin` and `models/lemmas.txt` on a treebank.
//!
//! `belie-train-language TRAIN.conllu DEV.conllu OUT` writes the models to the folder OUT and prints what they reach on
//! DEV; `belie-train-language --test TEST.conllu MODELS` prints what the models in a folder reach. The same input gives
//! the same bytes: the order of the sentences is shuffled by a generator with a fixed seed, and all sums are integers.

// The product's own files: one definition of what a model sees.
#[path = "../../../src/language/label.rs"]
mod label;
#[path = "../../../src/language/lemma.rs"]
mod lemma;
#[path = "../../../src/language/tag.rs"]
mod tag;
#[path = "../../../src/language/tree.rs"]
mod tree;
#[path = "../../../src/language/weights.rs"]
mod weights;

mod learn;
mod rules;
mod treebank;

use label::{Label, Tree};
use learn::{Learner, Random};
use tag::Tag;
use treebank::Sentence;
use tree::{STEPS, State};
use weights::{Table, Weights};

/// Passes over the training part.
const PASSES: u64 = 8;
/// Runs that are averaged.
const RUNS: u64 = 4;
/// Parts into which the training part is cut, so that the parser learns from tags as the tagger gives them to unseen text.
const FOLDS: usize = 8;

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--test", test, models] => {
            let read = |name: &str| std::fs::read(format!("{models}/{name}")).map_err(|e| format!("{models}/{name}: {e}"));
            let tags = Table::new(read("tags.bin")?.leak());
            let heads = Table::new(read("heads.bin")?.leak());
            let labels = Table::new(read("labels.bin")?.leak());
            let lemmas = String::from_utf8(read("lemmas.txt")?).map_err(|e| e.to_string())?;
            let lemmas = lemma::Rules::new(lemmas.leak());
            report("test", &treebank::read(test)?, &tags, &heads, &labels, &lemmas);
            Ok(())
        }
        [train, dev, out] => learn_all(&treebank::read(train)?, &treebank::read(dev)?, out),
        _ => Err("usage: belie-train-language TRAIN.conllu DEV.conllu OUT | --test TEST.conllu MODELS".to_owned()),
    }
}

fn learn_all(train: &[Sentence], dev: &[Sentence], out: &str) -> Result<(), String> {
    let write = |name: &str, bytes: &[u8]| std::fs::write(format!("{out}/{name}"), bytes).map_err(|e| format!("{out}/{name}: {e}"));
    let lemmas = rules::learn(train);
    write("lemmas.txt", lemmas.as_bytes())?;
    let lemmas = lemma::Rules::new(lemmas.leak());

    let lt=learn_tags(train); for l in [2,3,4,6,8] { let t=Table::new(table(&lt,l).leak()); let e=Table::new(&[]); let e2=Table::new(&[]); report(&format!("tags {l}"), dev, &t,&e,&e2,&lemmas);} let tags = table(&lt, 1);
    write("tags.bin", &tags)?;
    let tags = Table::new(tags.leak());

    // Tags as the tagger gives them to text that it was not trained on.
    let mut told: Vec<Vec<Tag>> = vec![Vec::new(); train.len()];
    for fold in 0..FOLDS {
        let others: Vec<Sentence> =
            train.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, s)| s.clone()).collect();
        let learner = learn_tags(&others);
        for (i, sentence) in train.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            told[i] = tag::tag(&sentence.seen, &learner);
        }
    }
    let lh=learn_heads(train,&told); for l in [3,4,6,8,10] { let t=Table::new(table(&lh,l).leak()); let e2=Table::new(&[]); report(&format!("heads {l}"), dev, &tags,&t,&e2,&lemmas);} let heads = table(&lh, 2);
    write("heads.bin", &heads)?;
    let heads = Table::new(heads.leak());
    let ll=learn_labels(train,&told); for l in [3,4,6,8,10,14] { let t=Table::new(table(&ll,l).leak()); report(&format!("labels {l}"), dev, &tags,&heads,&t,&lemmas);} let labels = table(&ll, 2);
    write("labels.bin", &labels)?;
    let labels = Table::new(labels.leak());
    report("dev", dev, &tags, &heads, &labels, &lemmas);
    Ok(())
}

/// Every pass of every run.
fn runs(runs: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..runs).flat_map(|run| (0..PASSES).map(move |pass| (run, pass)))
}

/// The bytes of what was learned, in the smallest table that holds it. Rows all of whose weights are below `least` stay out.
fn table<const N: usize>(learner: &Learner<N>, least: i8) -> Vec<u8> {
    let rows = learner.rows(least);
    let bits = (rows.len() * 5 / 4).next_power_of_two().trailing_zeros();
    eprintln!("{} rows of {N}", rows.len());
    (bits..).find_map(|bits| Table::bytes(bits, &rows)).unwrap_or_default()
}

fn learn_tags(train: &[Sentence]) -> Learner<{ tag::LANES }> {
    let mut learner = Learner::new();
    let mut order: Vec<usize> = (0..train.len()).collect();
    for (run, pass) in runs(3) {
        if pass == 0 {
            learner.restart();
        }
        let mut random = Random::new(run * 100 + pass);
        random.shuffle(&mut order);
        let (mut right, mut all) = (0, 0);
        for sentence in order.iter().map(|i| &train[*i]) {
            let mut tags = Vec::with_capacity(sentence.seen.len());
            for (at, gold) in sentence.tags.iter().enumerate() {
                let mut features = Vec::with_capacity(32);
                tag::features(&sentence.seen, &tags, at, |f| features.push(f));
                let told = learner.best(&features, |i| i < Tag::ALL.len());
                learner.update(&features, *gold as usize, told);
                tags.push(Tag::ALL[told]);
                right += usize::from(Tag::ALL[told] == *gold);
                all += 1;
            }
        }
        eprintln!("tags, pass {pass}: {right}/{all}");
    }
    learner.average();
    learner
}

fn learn_heads(train: &[Sentence], told: &[Vec<Tag>]) -> Learner<{ tree::LANES }> {
    let mut learner = Learner::new();
    let mut order: Vec<usize> = (0..train.len()).collect();
    for (run, pass) in runs(1) {
        if pass == 0 {
            learner.restart();
        }
        let mut random = Random::new(run * 100 + pass);
        random.shuffle(&mut order);
        let (mut right, mut all) = (0, 0);
        for i in &order {
            let (sentence, tags) = (&train[*i], &told[*i]);
            let mut state = State::new(tags.len());
            while !state.is_done() {
                let mut features = Vec::with_capacity(64);
                tree::features(&sentence.seen, tags, &state, |f| features.push(f));
                let sums = learner.sums(&features);
                let pick = |good: &dyn Fn(usize) -> bool| weights::best(&sums, |i| i < STEPS.len() && state.allows(STEPS[i]) && good(i));
                let Some(best) = pick(&|_| true) else { break };
                let costs: Vec<usize> = STEPS.iter().map(|s| if state.allows(*s) { state.cost(*s, &sentence.heads) } else { usize::MAX }).collect();
                let least = costs.iter().min().copied().unwrap_or(0);
                let gold = pick(&|i| costs[i] == least).unwrap_or(best);
                learner.update(&features, gold, if costs[best] == least { gold } else { best });
                all += 1;
                right += usize::from(costs[best] == least);
                // Later passes walk on from their own errors, most of the time.
                let step = if pass > 1 && random.below(10) > 0 { best } else { gold };
                state.take(STEPS[step]);
            }
        }
        eprintln!("heads, pass {pass}: {right}/{all}");
    }
    learner.average();
    learner
}

fn learn_labels(train: &[Sentence], told: &[Vec<Tag>]) -> Learner<{ label::LANES }> {
    let mut learner = Learner::new();
    let mut order: Vec<usize> = (0..train.len()).collect();
    for (run, pass) in runs(2) {
        if pass == 0 {
            learner.restart();
        }
        let mut random = Random::new(run * 100 + pass);
        random.shuffle(&mut order);
        let (mut right, mut all) = (0, 0);
        for i in &order {
            let (sentence, tags) = (&train[*i], &told[*i]);
            let tree = Tree { seen: &sentence.seen, tags, heads: &sentence.heads };
            let children = label::children(tree.heads);
            for at in (0..tags.len()).filter(|at| sentence.heads[*at] != tags.len()) {
                let mut features = Vec::with_capacity(32);
                label::features(tree, &children, at, |f| features.push(f));
                let told = learner.best(&features, |i| i < Label::ALL.len() && Label::ALL[i] != Label::Root);
                learner.update(&features, sentence.labels[at] as usize, told);
                all += 1;
                right += usize::from(Label::ALL[told] == sentence.labels[at]);
            }
        }
        eprintln!("labels, pass {pass}: {right}/{all}");
    }
    learner.average();
    learner
}

/// Prints what the models reach on the gold tokens of a treebank, punctuation counted, and how fast.
fn report(
    name: &str,
    gold: &[Sentence],
    tags: &impl Weights<{ tag::LANES }>,
    heads: &impl Weights<{ tree::LANES }>,
    labels: &impl Weights<{ label::LANES }>,
    lemmas: &lemma::Rules,
) {
    let (mut all, mut pos, mut exact, mut uas, mut las, mut lemma) = (0, 0, 0, 0, 0, 0);
    let (mut tag_time, mut tree_time) = (std::time::Duration::ZERO, std::time::Duration::ZERO);
    for sentence in gold {
        let begun = std::time::Instant::now();
        let told = tag::tag(&sentence.seen, tags);
        tag_time += begun.elapsed();
        let begun = std::time::Instant::now();
        let found = tree::parse(&sentence.seen, &told, heads);
        let named = label::label(Tree { seen: &sentence.seen, tags: &told, heads: &found }, labels);
        tree_time += begun.elapsed();
        for (i, word) in sentence.words.iter().enumerate() {
            all += 1;
            pos += usize::from(told[i].universal() == sentence.tags[i].universal());
            exact += usize::from(told[i] == sentence.tags[i]);
            uas += usize::from(found[i] == sentence.heads[i]);
            las += usize::from(found[i] == sentence.heads[i] && named[i] == sentence.labels[i]);
            lemma += usize::from(lemmas.lemma(word, told[i]).eq_ignore_ascii_case(&sentence.lemmas[i]));
        }
    }
    let part = |n: usize| 100.0 * n as f64 / all as f64;
    println!(
        "{name}: {} sentences, {all} tokens: UPOS {:.2}, tags {:.2}, UAS {:.2}, LAS {:.2}, lemmas {:.2}",
        gold.len(), part(pos), part(exact), part(uas), part(las), part(lemma)
    );
    println!(
        "{:.0} sentences a second for tags, {:.0} for trees",
        gold.len() as f64 / tag_time.as_secs_f64(),
        gold.len() as f64 / (tag_time + tree_time).as_secs_f64()
    );
}
