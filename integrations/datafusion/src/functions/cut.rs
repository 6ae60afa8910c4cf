//! `fenci_cut(text [, mode])`.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, StringViewBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;

use super::lists::{Lists, list_of};
use super::{Constants, Kind, Parameter, TextFunction, Texts};
use crate::options::Tools;

#[derive(Debug)]
pub(super) struct Cut;

const PRECISE: usize = 0;
const ALL: usize = 1;

impl TextFunction for Cut {
    fn name(&self) -> &'static str {
        "fenci_cut"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter { name: "mode", kind: Kind::Choice(&["precise", "all", "search"]), is_optional: true }]
    }

    fn return_type(&self) -> DataType {
        list_of(DataType::Utf8View)
    }

    fn call<'a>(&self, tools: &'a Tools, texts: &Texts<'a>, &Constants([mode, _]): &Constants) -> Result<ArrayRef> {
        let mut lists = Lists::new(texts.len());
        let mut words = StringViewBuilder::new();
        let mut tokens = 0;
        texts.each(|text| {
            if let Some(text) = text {
                let cut = match mode {
                    PRECISE => tools.segmenter.cut(text),
                    ALL => tools.segmenter.cut_all(text),
                    _ => tools.segmenter.cut_for_search(text),
                };
                cut.for_each(|token| {
                    words.append_value(token.text());
                    tokens += 1;
                });
            }
            lists.end(tokens, text.is_none())
        })?;
        let words = words.finish();
        debug_assert_eq!(words.len(), tokens);
        lists.finish(Arc::new(words))
    }
}
