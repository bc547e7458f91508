//! Embeds every file of `rules/` in the binary, so that belie needs no files beside it and adding a rule is adding a file,
//! and hashes the sources, so that the cache knows which program wrote it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    embed(&root.join("rules"))?;
    println!("cargo::rustc-env=BELIE_SOURCES={:016x}", sources(&root)?);
    Ok(())
}

/// Writes the table of embedded rules.
fn embed(root: &Path) -> io::Result<()> {
    let mut out = String::from("/// Path below `rules/` and text of every embedded rule file, sorted by path.\n");
    out.push_str("pub(crate) const EMBEDDED: &[(&str, &str)] = &[\n");
    for file in files(root, "toml")? {
        let below = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(out, "    ({below:?}, include_str!({:?})),", file.to_string_lossy());
    }
    out.push_str("];\n");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(target, out)
}

/// FNV-1a over the sources and the versions of everything that they are built with: any change of them may change what
/// is extracted. Names only what must not be mixed up; nobody gains by forging it.
fn sources(root: &Path) -> io::Result<u64> {
    let lock = root.join("Cargo.lock");
    let mut files: Vec<PathBuf> = [("src", "rs"), ("models", "bin"), ("models", "txt")]
        .iter()
        .map(|(folder, of)| files(&root.join(folder), of))
        .collect::<io::Result<Vec<_>>>()?
        .concat();
    // A package that belie is a library of has a lock file elsewhere.
    if lock.is_file() {
        println!("cargo::rerun-if-changed={}", lock.display());
        files.push(lock);
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let below = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/").into_bytes();
        for byte in below.into_iter().chain([0]).chain(fs::read(&file)?).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    Ok(hash)
}

/// The files of an extension below a folder, sorted; each is watched.
fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, extension, &mut files)?;
    files.sort();
    Ok(files)
}

/// Gathers the files of an extension below a folder; the folder itself is watched, so that a new file triggers a build.
fn collect(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, extension, files)?;
        } else if path.extension().is_some_and(|e| e == extension) {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
