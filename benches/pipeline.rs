//! How fast the pipeline is on invented articles: `cargo bench --bench pipeline`.
//!
//! `cargo bench --bench pipeline -- write FOLDER COUNT` writes the articles instead, for whole runs of the program
//! (`benches/scale`).

mod corpus;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use belie::app::pipeline::{Settings, analyse, extract};
use belie::claim::Extractor;
use belie::rule::Rules;
use belie::source::Document;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let [command, folder, count] = arguments.as_slice() else {
        divan::main();
        return ExitCode::SUCCESS;
    };
    let written = match (command.as_str(), count.parse()) {
        ("write", Ok(count)) => corpus::write(Path::new(folder), count).map_err(|error| error.to_string()),
        _ => Err("cargo bench --bench pipeline -- write FOLDER COUNT".to_owned()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the only words of a program of its own")]
            {
                eprintln!("{error}");
            }
            ExitCode::FAILURE
        }
    }
}

fn articles(count: usize) -> Vec<Document> {
    corpus::documents(count).map(|(name, text)| Document::from_text(&name, &text)).collect()
}

fn bench(bencher: Bencher<'_, '_>, count: usize, run: impl Fn(Vec<Document>, &Extractor<'_>) -> usize) {
    let rules = Rules::embedded().expect("the rules of the binary are tested");
    let extractor = Extractor::new(&rules);
    let documents = articles(count);
    let bytes: usize = documents.iter().map(|d| d.text.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| documents.clone())
        .bench_local_values(|documents| run(documents, &extractor));
}

/// The first pass: each of so many documents by itself, on one thread.
#[divan::bench(args = [10, 100], sample_count = 5, sample_size = 1)]
fn first_pass(bencher: Bencher<'_, '_>, count: usize) {
    bench(bencher, count, |documents, extractor| extract(documents, extractor, &Settings::default()).len());
}

/// Both passes, on one thread.
#[divan::bench(args = [10, 100, 1000], sample_count = 3, sample_size = 1)]
fn both_passes(bencher: Bencher<'_, '_>, count: usize) {
    bench(bencher, count, |documents, extractor| {
        analyse(documents, Vec::new(), extractor, &Settings::default()).findings.len()
    });
}
