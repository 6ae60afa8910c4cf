//! Pages that teach: how fenci works, which options to choose, and the way from jieba-rs.
//!
//! There is nothing to call here.

#![allow(unused_imports, reason = "the pages link to the items that they explain")]

pub mod segmentation {
    //! How a text becomes words, step by step, and how to see the reasons for a cut.
    //!
    //! 研究生命 as the dictionary sees it:
    //!
    #![doc = include_str!("../docs/explain.svg")]
    //!
    #![doc = include_str!("../docs/segmentation.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}

pub mod keywords {
    //! How keywords are found and weighed, which method to take, and how to adapt them to your texts.
    //!
    #![doc = include_str!("../docs/keywords.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}

pub mod options {
    //! Which options to take for which work. The defaults fit most texts.
    //!
    #![doc = include_str!("../docs/options.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}

pub mod corpora {
    //! From an IDF table in memory to DataFusion and a Ballista cluster, and when to take which.
    //!
    #![doc = include_str!("../docs/corpora.md")]
}

pub mod jieba_rs {
    //! From jieba-rs to fenci, call by call, and where the results differ.
    //!
    #![doc = include_str!("../docs/jieba_rs.md")]

    use crate::{dictionary::*, idf::*, keyword::*, segment::*, *};
}
