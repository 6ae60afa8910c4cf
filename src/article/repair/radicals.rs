//! Characters that Unicode has twice: as radicals, as PDF files have them, and for the sake of older standards.

/// For each character from U+2E80, the one that it stands for; `·` for none.
const SUPPLEMENT: &str = "·厂··乙亻··刀刂··小小·······彐忄心手攵··日月·母民氵水灬···牛犭王疋目示礻竹糸\
     纟罒····羊·羊老·聿月臼艹艹艹虎衤西西见角角讠贝足车辶辶辶邑钅長長长门阜阝雨青韦页风飞食食飠\
     饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";
/// The same from U+2F00, the 214 radicals of Kangxi's dictionary.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工\
     己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉\
     瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
     衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯\
     鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// The same from U+F900: Unicode's own equivalents.
const COMPATIBLE: &str = "豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞\
     擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧\
     怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐\
     戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂\
     燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘\
     藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀··塚·晴··凞猪益礼神祥福靖精羽·\
     蘒·諸··逸都···飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐\
     祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘··並况全侀充冀勇勺喝啕喙嗢塚墳奄奔\
     婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛\
     練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";

/// The character that a radical or a compatible form stands for.
pub(super) fn unified(c: char) -> Option<char> {
    let (first, table) = match c {
        '\u{2E80}'..='\u{2EF3}' => (0x2E80, SUPPLEMENT),
        '\u{2F00}'..='\u{2FD5}' => (0x2F00, KANGXI),
        '\u{F900}'..='\u{FAD9}' => (0xF900, COMPATIBLE),
        _ => return None,
    };
    table.chars().nth((u32::from(c) - first) as usize).filter(|&unified| unified != '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_complete() {
        assert_eq!(SUPPLEMENT.chars().count(), 0x74);
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(COMPATIBLE.chars().count(), 0x1DA);
        assert_eq!(
            "⼀⿕⻳\u{FA1E}\u{FAD9}人".chars().map(unified).collect::<Vec<_>>(),
            [Some('一'), Some('龠'), Some('龟'), Some('羽'), Some('龎'), None]
        );
    }
}
