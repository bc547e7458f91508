//! Embeds every file of `rules/` in the binary, so that belie needs no files beside it and adding a rule is adding a file,
//! and hashes the sources, so that the cache knows which program wrote it. Of the files all is embedded that can be known of
//! them without knowing what a rule is: reading TOML would be most of what it takes belie to start.

#[path = "src/rule/packed.rs"]
mod packed;

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use packed::{Head, Kind};
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    embed(&root.join("rules"))?;
    println!("cargo::rustc-env=BELIE_SOURCES={:016x}", sources(&root)?);
    Ok(())
}

/// Writes the table of embedded rules, each as text and as what TOML makes of it, and the hash of all of them.
fn embed(root: &Path) -> io::Result<()> {
    let mut all = Vec::new();
    for file in files(root, "toml")? {
        let below = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        all.push((below, fs::read_to_string(&file)?, file));
    }
    all.sort();
    let mut out = String::from("/// Every embedded rule file, sorted by path.\n");
    out.push_str("const EMBEDDED: &[Embedded] = &[\n");
    for (below, text, file) in &all {
        let fault = |why: String| io::Error::other(format!("rules/{below}: {why}"));
        let table = DeTable::parse(text).map_err(|error| fault(error.to_string()))?;
        let packed = pack_table(table.span(), table.get_ref(), Vec::new()).map_err(fault)?;
        let (file, packed) = (file.to_string_lossy(), packed.escape_ascii());
        let _ = writeln!(out, "Embedded {{ below: {below:?}, text: include_str!({file:?}), packed: b\"{packed}\" }},");
    }
    let digest = packed::digest(all.iter().flat_map(|(below, text, _)| ["0", below, text]));
    out.push_str("];\n/// The digest of their layer, paths and texts.\n");
    let _ = writeln!(out, "const EMBEDDED_DIGEST: [u8; 32] = {digest:?};");
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(target, out)
}

/// Puts a value behind what is packed; rules hold no dates and no fractions.
fn pack(value: &Spanned<DeValue<'_>>, out: Vec<u8>) -> Result<Vec<u8>, String> {
    let span = value.span();
    match value.get_ref() {
        DeValue::String(text) => put(span, Kind::Text, text, out),
        DeValue::Integer(number) => {
            let read = i64::from_str_radix(number.as_str(), number.radix());
            put(span, Kind::Integer, &read.map_err(|error| error.to_string())?, out)
        }
        DeValue::Boolean(is) => put(span, Kind::Boolean, is, out),
        DeValue::Array(all) => all.iter().try_fold(put(span, Kind::List, &all.len(), out)?, |out, v| pack(v, out)),
        DeValue::Table(table) => pack_table(span, table, out),
        DeValue::Float(_) | DeValue::Datetime(_) => Err(format!("a fraction or a date at byte {}", span.start)),
    }
}

fn pack_table(span: Range<usize>, table: &DeTable<'_>, out: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    let out = put(span, Kind::Table, &members.len(), out)?;
    let member =
        |out, (key, value): (&Spanned<DeString<'_>>, _)| pack(value, put(key.span(), Kind::Text, key.get_ref(), out)?);
    members.into_iter().try_fold(out, member)
}

fn put<T: Serialize + ?Sized>(span: Range<usize>, kind: Kind, content: &T, out: Vec<u8>) -> Result<Vec<u8>, String> {
    let head = Head { start: span.start as u32, end: span.end as u32, kind };
    postcard::to_extend(&(head, content), out).map_err(|error| error.to_string())
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
