//! The source tree as values: files, and the tokens of a Rust file with where each of them stands.
//!
//! Tokens come from `proc-macro2`, so a rule sees code as the compiler does: comments are gone, strings are whole, and
//! each token knows whether it is part of an attribute, of a test, or of what is handed to a macro or function.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// A text file; its path is relative to the package, with forward slashes.
pub struct File {
    pub path: String,
    pub text: String,
}

/// Where a token stands.
#[derive(Clone, Default)]
pub struct Place {
    /// The attribute it is part of: `doc` for a doc comment, `error`, `arg`.
    pub attribute: Option<String>,
    /// Part of a test or of something compiled only for tests.
    pub test: bool,
    /// What the enclosing brackets belong to, outermost first: `expect`, `assert!`.
    pub callers: Vec<String>,
    /// The inline modules around it, outermost first.
    pub modules: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Word(String),
    Mark(char),
    /// What stands between a string's quotes.
    Text(String),
    Open,
    Close,
}

pub struct Token {
    pub kind: Kind,
    pub line: usize,
    pub place: Rc<Place>,
}

/// Every text file under these places (folders or files), sorted by path. A place that is not there has none.
pub fn files(places: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    for place in places {
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(place), place, &mut found);
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Every Rust file under these places.
pub fn rust_files(places: &[&str]) -> Vec<File> {
    files(places).into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

fn gather(at: &Path, path: &str, found: &mut Vec<File>) {
    if at.is_dir() {
        for entry in fs::read_dir(at).expect("a folder of the package can be listed") {
            let name = entry.expect("a folder's entry can be read").file_name();
            gather(&at.join(&name), &format!("{path}/{}", name.to_string_lossy()), found);
        }
    } else if let Ok(text) = fs::read_to_string(at) {
        found.push(File { path: path.to_owned(), text });
    }
}

impl File {
    /// A file made up on the spot, to try a rule on.
    pub fn made_up(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether it lies in one of these folders, or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest == ".rs")
        })
    }

    /// The modules this file is, from the crate's root: `src/app/ports.rs` is `app`, `ports`.
    pub fn modules(&self) -> Vec<String> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let parts = inner.split('/').map(str::to_owned);
        parts.filter(|part| !["mod", "lib", "main"].contains(&part.as_str())).collect()
    }

    /// The tokens of a Rust file, in order.
    pub fn tokens(&self) -> Vec<Token> {
        let stream: TokenStream = self.text.parse().unwrap_or_else(|error| panic!("{}: {error}", self.path));
        let test = self.path.ends_with("tests.rs") || self.path.contains("/tests/");
        let mut tokens = Vec::new();
        walk(stream, Place { test, ..Place::default() }, &mut tokens);
        tokens
    }
}

/// Lays a stream of token trees out flat, keeping for each token where it stands.
fn walk(stream: TokenStream, around: Place, tokens: &mut Vec<Token>) {
    let mut here = Rc::new(around.clone());
    let mut attribute_opens = false;
    let mut caller = None;
    let mut module = None;
    for tree in stream {
        let line = tree.span().start().line;
        let mut keep = |kind| tokens.push(Token { kind, line, place: Rc::clone(&here) });
        match tree {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                module = (caller.as_deref() == Some("mod")).then(|| word.clone());
                keep(Kind::Word(word.clone()));
                (caller, attribute_opens) = (Some(word), false);
            }
            TokenTree::Punct(mark) => {
                let mark = mark.as_char();
                keep(Kind::Mark(mark));
                caller = caller.filter(|_| mark == '!').map(|name| name + "!");
                attribute_opens = mark == '#' || (attribute_opens && mark == '!');
                if mark == ';' {
                    here = Rc::new(around.clone());
                }
            }
            TokenTree::Literal(literal) => {
                keep(text_of(&literal).map_or_else(|| Kind::Word(literal.to_string()), Kind::Text));
                (caller, attribute_opens) = (None, false);
            }
            TokenTree::Group(group) => {
                keep(Kind::Open);
                let is_attribute = attribute_opens && group.delimiter() == Delimiter::Bracket;
                let mut inside = Place::clone(&here);
                inside.attribute = inside.attribute.or(is_attribute.then(|| first_word(&group)));
                inside.callers.extend(caller.take());
                inside.modules.extend(module.take());
                walk(group.stream(), inside, tokens);
                tokens.push(Token {
                    kind: Kind::Close,
                    line: group.span_close().start().line,
                    place: Rc::clone(&here),
                });
                if is_attribute && starts_a_test(&group) {
                    here = Rc::new(Place { test: true, ..around.clone() });
                } else if group.delimiter() == Delimiter::Brace {
                    here = Rc::new(around.clone());
                }
                attribute_opens = false;
            }
        }
    }
}

fn first_word(attribute: &Group) -> String {
    attribute.stream().into_iter().next().map(|tree| tree.to_string()).unwrap_or_default()
}

fn starts_a_test(attribute: &Group) -> bool {
    let words = attribute.stream().to_string().replace(' ', "");
    words == "test" || words == "cfg(test)" || words.starts_with("tokio::test")
}

/// `None` for a number or a character.
fn text_of(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    let (before, rest) = written.split_once('"')?;
    let (text, _) = rest.rsplit_once('"')?;
    (!before.contains('\'')).then(|| text.to_owned())
}
