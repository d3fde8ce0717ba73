//! All that a template can see: itself, two files of data and the faces. No other file, no package, no network, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, Source, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::{self, FONTS};

pub struct ClosedWorld {
    library: &'static LazyHash<Library>,
    template: Source,
    printable: Bytes,
    record: Bytes,
}

/// The record with every character printable, to be read.
const PRINTABLE: &str = "printable.json";
/// The record as it is, to be attached.
const RECORD: &str = "minutes.json";

/// One for all documents, with nothing of any: what was worked out with it then serves the next.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let families: Vec<&str> = fonts::families().collect();
    let mut inputs = Dict::new();
    inputs.insert("families".into(), families.join("\n").into_value());
    // Row headers are among the extras.
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_inputs(inputs).with_features(features).build())
});

impl ClosedWorld {
    pub fn new(template: &str, printable: String, record: String) -> Self {
        let [printable, record] = [printable, record].map(Bytes::from_string);
        Self { library: &LIBRARY, template: Source::detached(template), printable, record }
    }

    pub fn template(&self) -> &Source {
        &self.template
    }
}

impl World for ClosedWorld {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match (id.get().root(), id.get().vpath().get_without_slash()) {
            (VirtualRoot::Project, PRINTABLE) => Ok(self.printable.clone()),
            (VirtualRoot::Project, RECORD) => Ok(self.record.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
