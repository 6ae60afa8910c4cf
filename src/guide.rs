//! The guide: how fenci works, which options to choose, and how to move from jieba-rs.
//!
//! The module has no items to call.

#![allow(unused_imports, reason = "the pages link to the items that they explain")]

pub mod segmentation {
    //! Segmentation: how a text becomes words, step by step, and how to see the reasons for a cut.
    //!
    //! 研究生命 as the dictionary sees it:
    //!
    #![doc = include_str!("../docs/explain.svg")]
    //!
    #![doc = include_str!("../docs/segmentation.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}

pub mod keywords {
    //! Keywords: how they are found and weighed, which method to choose, and how to adapt them to
    //! your texts.
    //!
    #![doc = include_str!("../docs/keywords.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}

pub mod options {
    //! Options: which to choose for each kind of work. The defaults fit most texts.
    //!
    #![doc = include_str!("../docs/options.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}

pub mod corpora {
    //! Large corpora: an IDF table in memory, DataFusion, a Ballista cluster, and when to choose
    //! each.
    //!
    #![doc = include_str!("../docs/corpora.md")]
}

pub mod jieba_rs {
    //! From jieba-rs to fenci, call by call, and where the results differ.
    //!
    #![doc = include_str!("../docs/jieba_rs.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}
