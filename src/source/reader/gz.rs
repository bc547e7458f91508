//! Files packed by gzip.

use flate2::read::MultiGzDecoder;

use super::{Input, Reader, ReaderOutput, member};
use crate::problem::{Level, Problem};
use crate::source::unpack::unpack;

/// Reads what is packed by gzip: one file, whatever its format.
pub(super) struct Gz;

impl Reader for Gz {
    fn name(&self) -> &'static str {
        "gz"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["gz"]
    }

    fn help(&self) -> &'static str {
        "a file of one of these formats, packed by gzip"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\x1f\x8b\x08")
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let packed = Some(input.bytes.len() as u64);
        match unpack(&mut MultiGzDecoder::new(input.bytes), packed, input.unpacked, input.options) {
            Ok(bytes) => {
                let name = input.path.rsplit('/').next().unwrap_or_default();
                let name = name.rsplit_once('.').filter(|(_, e)| e.eq_ignore_ascii_case("gz")).map_or(name, |(n, _)| n);
                member("", name, &bytes, input, problems)
            }
            Err(why) => {
                problems.push(Problem::new(Level::Error, input.path, format!("{why}, and was left out")));
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::source::reader::tests::read_with;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_is_packed_is_read_by_what_it_is() {
        let mut problems = Vec::new();
        let read = read_with(&Gz, &packed(b"<!doctype html><p>A mill.</p>"), &mut problems);
        assert_eq!((read.len(), read[0].text.trim(), read[0].format), (1, "A mill.", Some("html")));
        assert_eq!(problems, []);
        let bomb = packed(&vec![0; 64 << 20]);
        assert!(read_with(&Gz, &bomb, &mut problems).is_empty());
        assert!(problems[0].message.contains("--max-ratio"), "{problems:?}");
        assert!(read_with(&Gz, &bomb[..40], &mut problems).is_empty());
        assert!(problems[1].message.contains("damaged"), "{problems:?}");
    }
}
