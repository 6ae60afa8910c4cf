//! Pages that teach: how it works, what to choose, and the way from jieba-rs. There is nothing here to call.

#![allow(unused_imports, reason = "the pages link to what they are about")]

pub mod segmentation {
    //! How a text becomes words, step by step, and how to see why one was cut as it was.
    //!
    //! 研究生命 as the dictionary sees it:
    //!
    #![doc = include_str!("../docs/explain.svg")]
    //!
    #![doc = include_str!("../docs/segmentation.md")]

    use crate::*;
}

pub mod keywords {
    //! How keywords are found and weighed, which method to take, and how to make them fit texts of one's own.
    //!
    #![doc = include_str!("../docs/keywords.md")]

    use crate::*;
}

pub mod options {
    //! Which options to take for which work. What is not said here has a default that fits most texts.
    //!
    #![doc = include_str!("../docs/options.md")]

    use crate::*;
}

pub mod jieba_rs {
    //! From jieba-rs to fenci, call by call, and where the results differ.
    //!
    #![doc = include_str!("../docs/jieba_rs.md")]

    use crate::*;
}
