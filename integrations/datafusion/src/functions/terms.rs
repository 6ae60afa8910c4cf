//! `fenci_terms(text [, marks])`.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StringViewBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;

use super::lists::{Lists, list_of};
use super::{Constants, Kind, Parameter, TextFunction, Texts};
use crate::marks::each_mark;
use crate::options::Tools;
use crate::terms::Words;

#[derive(Debug)]
pub(super) struct Terms;

impl TextFunction for Terms {
    fn name(&self) -> &'static str {
        "fenci_terms"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter { name: "marks", kind: Kind::Flag, is_optional: true }]
    }

    fn return_type(&self) -> DataType {
        list_of(DataType::Utf8View)
    }

    /// With marks, no list is null: a null text must be counted.
    fn call<'a>(&self, tools: &'a Tools, texts: &Texts<'a>, &Constants([marks, _]): &Constants) -> Result<ArrayRef> {
        let has_marks = marks == 1;
        let mut words = Words::new(&tools.segmenter);
        let mut lists = Lists::new(texts.len());
        let mut found = StringViewBuilder::new();
        let mut count = 0;
        texts.each(|text| {
            let terms = words.each(text.unwrap_or_default(), |word| {
                found.append_value(word);
                count += 1;
            });
            if has_marks {
                let is_document = text.is_some_and(|text| !text.trim().is_empty());
                each_mark(is_document, terms, |mark| {
                    found.append_value(mark);
                    count += 1;
                })?;
            }
            lists.end(count, text.is_none() && !has_marks)
        })?;
        lists.finish(Arc::new(found.finish()))
    }
}
