//! Finds the rule files of a `--rules` folder.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::file;
use crate::rule::fault::Fault;
use crate::rule::place::RuleFile;

/// Folders deeper than this are not rules; it also ends loops of links.
const DEEPEST: usize = 6;
/// No rule file is larger.
const LARGEST: u64 = 4 << 20;
/// Nor are the files of a folder more, or larger together.
const MOST_FILES: usize = 5000;
const LARGEST_TOGETHER: usize = 32 << 20;

/// The TOML files below a folder, with what could not be read. Hidden files and files of other kinds are passed over.
pub(super) fn files(folder: &Path, layer: usize, faults: &mut Vec<Fault>) -> Vec<RuleFile> {
    let mut out = Vec::new();
    collect(folder, "", layer, &mut out, faults);
    let together: usize = out.iter().map(|f| f.text.len()).sum();
    if out.len() > MOST_FILES || together > LARGEST_TOGETHER {
        let most = file::size(LARGEST_TOGETHER as u64);
        let message = format!("folder of rules has more than {MOST_FILES} files or {most}");
        faults.push(Fault::of_path(folder.to_string_lossy(), message));
        out.clear();
    }
    out
}

fn collect(folder: &Path, below: &str, layer: usize, out: &mut Vec<RuleFile>, faults: &mut Vec<Fault>) {
    let shown = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            faults.push(Fault::of_path(shown(folder), format!("folder of rules cannot be read: {error}")));
            return;
        }
    };
    for entry in entries {
        if out.len() > MOST_FILES || out.iter().map(|f| f.text.len()).sum::<usize>() > LARGEST_TOGETHER {
            return;
        }
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let below = if below.is_empty() { name } else { format!("{below}/{name}") };
        if path.is_dir() {
            if below.matches('/').count() < DEEPEST {
                collect(&path, &below, layer, out, faults);
            } else {
                faults.push(Fault::of_path(shown(&path), format!("folder is more than {DEEPEST} levels deep")));
            }
        } else if below.ends_with(".toml") {
            match text(&path) {
                Ok(text) => out.push(RuleFile { path: shown(&path), below, text: Arc::from(text), layer }),
                Err(message) => faults.push(Fault::of_path(shown(&path), message)),
            }
        }
    }
}

fn text(path: &Path) -> Result<String, String> {
    file::text(path, LARGEST).map_err(|why| format!("rule file {why}"))
}
