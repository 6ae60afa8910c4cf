//! `fenci_keywords(text, k [, method])`.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Builder, Int64Builder, StringViewBuilder, StructArray};
use datafusion::arrow::datatypes::{DataType, Fields};
use datafusion::error::Result;

use super::lists::{Lists, fields, list_of};
use super::{Constants, Kind, Parameter, TextFunction, Texts};
use crate::options::Tools;

#[derive(Debug)]
pub(super) struct Keywords;

const PHRASES: usize = 0;
const TFIDF: usize = 1;

fn columns() -> Fields {
    fields(&[("keyword", DataType::Utf8View), ("weight", DataType::Float64), ("count", DataType::Int64)])
}

impl TextFunction for Keywords {
    fn name(&self) -> &'static str {
        "fenci_keywords"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter { name: "k", kind: Kind::Number, is_optional: false },
            Parameter { name: "method", kind: Kind::Choice(&["phrases", "tfidf", "textrank"]), is_optional: true },
        ]
    }

    fn return_type(&self) -> DataType {
        list_of(DataType::Struct(columns()))
    }

    fn call<'a>(&self, tools: &'a Tools, texts: &Texts<'a>, &Constants([k, method]): &Constants) -> Result<ArrayRef> {
        let extractor = match method {
            PHRASES => &tools.phrases,
            TFIDF => &tools.tfidf,
            _ => &tools.textrank,
        };
        let mut lists = Lists::new(texts.len());
        let mut names = StringViewBuilder::new();
        let (mut weights, mut counts) = (Float64Builder::new(), Int64Builder::new());
        let mut found = 0;
        texts.each(|text| {
            for keyword in extractor.extract(&tools.segmenter, text.unwrap_or_default(), k) {
                names.append_value(keyword.text());
                weights.append_value(keyword.weight());
                counts.append_value(keyword.count() as i64);
                found += 1;
            }
            lists.end(found, text.is_none())
        })?;
        let arrays: Vec<ArrayRef> =
            vec![Arc::new(names.finish()), Arc::new(weights.finish()), Arc::new(counts.finish())];
        lists.finish(Arc::new(StructArray::try_new(columns(), arrays, None)?))
    }
}
