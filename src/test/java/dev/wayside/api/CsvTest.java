package dev.wayside.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @Test
    void endsEachLineWithCarriageReturnAndLineFeed() {
        Csv csv = new Csv(List.of("a", "b"));
        csv.row(List.of(1, 2.5));
        assertEquals("a,b\r\n1,2.5\r\n", csv.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "yard & gate|yard & gate",
                "yard, gate|\"yard, gate\"",
                "the \"gate\"|\"the \"\"gate\"\"\"",
                "=1+1|'=1+1",
                "+49|'+49",
                "-1|'-1",
                "@SUM(A1)|'@SUM(A1)",
                "=\"a\",b|\"'=\"\"a\"\",b\"",
            })
    void quotesWhatHasAMeaningAndDisarmsFormulas(String value, String field) {
        assertEquals("camera\r\n" + field + "\r\n", csv(value));
    }

    @Test
    void quotesLineBreaksAndDisarmsTabs() {
        assertEquals("camera\r\n\"a\r\nb\"\r\n", csv("a\r\nb"));
        assertEquals("camera\r\n'\t=1\r\n", csv("\t=1"));
    }

    @Test
    void leavesNegativeNumbersAlone() {
        Csv csv = new Csv(List.of("value"));
        csv.row(List.of(-1.5));
        assertEquals("value\r\n-1.5\r\n", csv.text());
    }

    private static String csv(String value) {
        Csv csv = new Csv(List.of("camera"));
        csv.row(List.of(value));
        return csv.text();
    }
}
