//! `fenci_tag(text)`.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Builder, StringViewBuilder, StructArray};
use datafusion::arrow::datatypes::{DataType, Fields};
use datafusion::error::Result;

use super::lists::{Lists, fields, list_of};
use super::{Constants, Parameter, TextFunction, Texts};
use crate::options::Tools;

#[derive(Debug)]
pub(super) struct Tag;

fn columns() -> Fields {
    fields(&[
        ("word", DataType::Utf8View),
        ("tag", DataType::Utf8View),
        ("start", DataType::Int64),
        ("end", DataType::Int64),
    ])
}

impl TextFunction for Tag {
    fn name(&self) -> &'static str {
        "fenci_tag"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn return_type(&self) -> DataType {
        list_of(DataType::Struct(columns()))
    }

    fn call<'a>(&self, tools: &'a Tools, texts: &Texts<'a>, _: &Constants) -> Result<ArrayRef> {
        let mut lists = Lists::new(texts.len());
        let (mut words, mut tags) = (StringViewBuilder::new(), StringViewBuilder::new());
        let (mut starts, mut ends) = (Int64Builder::new(), Int64Builder::new());
        let mut tokens = 0;
        texts.each(|text| {
            tools.segmenter.tag(text.unwrap_or_default()).for_each(|tagged| {
                words.append_value(tagged.text());
                tags.append_value(tagged.tag().as_str());
                starts.append_value(tagged.token().start() as i64);
                ends.append_value(tagged.token().end() as i64);
                tokens += 1;
            });
            lists.end(tokens, text.is_none())
        })?;
        let arrays: Vec<ArrayRef> =
            vec![Arc::new(words.finish()), Arc::new(tags.finish()), Arc::new(starts.finish()), Arc::new(ends.finish())];
        lists.finish(Arc::new(StructArray::try_new(columns(), arrays, None)?))
    }
}
