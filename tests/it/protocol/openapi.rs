//! Discord's OpenAPI document: which operation a request is, and whether it is as described there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::Request;

const PLACE: &str = "CONVENOR_OPENAPI";
const REQUIRED: &str = "CONVENOR_REQUIRE_OPENAPI";
const DOCUMENT: &str = "urn:discord";

/// The document, ready to check against.
pub struct OpenApi {
    paths: BTreeMap<String, Value>,
    registry: Registry<'static>,
    /// Of an operation's body, by where it stands in the document; made when first asked for.
    validators: Mutex<BTreeMap<String, Arc<Validator>>>,
}

impl OpenApi {
    /// The document where it is; says so where it isn't.
    pub fn find() -> Option<Self> {
        let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord-api/openapi.json");
        let place = std::env::var_os(PLACE).map_or_else(beside, PathBuf::from);
        let Ok(text) = std::fs::read_to_string(&place) else {
            let is_required = std::env::var(REQUIRED).is_ok_and(|value| value == "1");
            assert!(!is_required, "{REQUIRED}=1, and Discord's OpenAPI document is not at {}", place.display());
            eprintln!("Discord's OpenAPI document is not at {}: checked by our own limits alone", place.display());
            return None;
        };
        Some(Self::of(serde_json::from_str(&text).expect("the document is JSON")))
    }

    fn of(mut document: Value) -> Self {
        assert!(
            document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")),
            "an OpenAPI 3.1 document"
        );
        close(&mut document);
        let paths = document["paths"].as_object().expect("the document has paths");
        let paths = paths.iter().map(|(path, item)| (path.clone(), item.clone())).collect();
        let registry = Registry::new().draft(Draft::Draft202012).add(DOCUMENT, document).expect("a good address");
        let registry = registry.prepare().expect("the document's references are in it");
        Self { paths, registry, validators: Mutex::default() }
    }

    /// The operation, and what of the request is not as documented.
    pub fn check(&self, request: &Request) -> (String, Vec<String>) {
        let fitting = self
            .paths
            .iter()
            .filter(|(path, item)| fits(path, &request.path) && item.get(request.method.to_lowercase()).is_some());
        // A path that spells a segment out goes before one with a placeholder there.
        let Some((path, item)) = fitting.min_by_key(|(path, _)| path.matches('{').count()) else {
            let nameless = format!("{} {}", request.method, without_ids(&request.path));
            return (nameless, vec!["no such operation".to_owned()]);
        };
        let method = request.method.to_lowercase();
        let operation = &item[&method];
        let mut wrong = self.body(path, &method, operation, &request.body);
        let known = [&item["parameters"], &operation["parameters"]].into_iter().filter_map(Value::as_array).flatten();
        let known: Vec<_> = known.filter(|parameter| parameter["in"] == "query").map(|known| &known["name"]).collect();
        for given in request.query.split('&').filter(|pair| !pair.is_empty()) {
            let name = given.split('=').next().unwrap_or_default();
            if !known.iter().any(|known| **known == name) {
                wrong.push(format!("no query parameter {name:?} is known"));
            }
        }
        let class = format!("{}XX", request.status / 100);
        let answers = [request.status.to_string(), class];
        // An answer that was lost has no status.
        if request.status != 0 && !answers.iter().any(|answer| operation["responses"].get(answer).is_some()) {
            wrong.push(format!("the status {} is not documented", request.status));
        }
        (format!("{} {path}", request.method), wrong)
    }

    fn body(&self, path: &str, method: &str, operation: &Value, body: &Value) -> Vec<String> {
        let described = &operation["requestBody"];
        if described.is_null() {
            return if body.is_null() { Vec::new() } else { vec!["takes no body".to_owned()] };
        }
        if body.is_null() {
            let is_required = described["required"] == true;
            return if is_required { vec!["needs a body".to_owned()] } else { Vec::new() };
        }
        let at = format!("/paths/{}/{method}/requestBody/content/application~1json/schema", path.replace('/', "~1"));
        let validator = self.validator(&at);
        let mut body = body.clone();
        numbered(&mut body);
        // The place and the rule, never the value.
        let told = validator
            .iter_errors(&body)
            .map(|error| format!("{} breaks {}", error.instance_path(), error.schema_path()));
        told.collect()
    }
}

impl OpenApi {
    fn validator(&self, at: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("no check has panicked");
        let made = validators.entry(at.to_owned()).or_insert_with(|| {
            let schema = json!({ "$ref": format!("{DOCUMENT}#{}", at.replace('{', "%7B").replace('}', "%7D")) });
            let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
            Arc::new(options.build(&schema).expect("the operation's body has a schema"))
        });
        Arc::clone(made)
    }
}

/// Lets no object have fields it does not describe: the document leaves them all open, and a slip in a name would pass.
/// Only where it composes objects would that be wrong, and no body of ours is described so.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let is_described = fields.get("type").is_some_and(|kind| kind == "object")
                && fields.get("properties").is_some_and(Value::is_object)
                && !fields.contains_key("additionalProperties");
            if is_described {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(parts) => parts.iter_mut().for_each(close),
        _ => {}
    }
}

/// Permission bits are decimal texts on the wire, as Discord's written documentation has them; the document calls the
/// same fields integers.
fn numbered(body: &mut Value) {
    match body {
        Value::Object(fields) => {
            for (key, value) in fields {
                let bits = value.as_str().and_then(|text| text.parse::<u64>().ok());
                match bits.filter(|_| matches!(key.as_str(), "allow" | "deny" | "default_member_permissions")) {
                    Some(bits) => *value = bits.into(),
                    None => numbered(value),
                }
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(numbered),
        _ => {}
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (wanted, given): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    wanted.len() == given.len()
        && wanted.iter().zip(given).all(|(wanted, given)| {
            let is_place = wanted.starts_with('{') && wanted.ends_with('}');
            if is_place { !given.is_empty() && !given.starts_with('@') } else { *wanted == given }
        })
}

/// A path with a placeholder for whatever differs from request to request.
pub fn without_ids(path: &str) -> String {
    let plain = |part: &str| part.chars().all(|letter| letter.is_ascii_lowercase() || matches!(letter, '@' | '-'));
    path.split('/').map(|part| if plain(part) { part } else { "{}" }).collect::<Vec<_>>().join("/")
}
