package dev.wayside.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedOutputTest {
    static Stream<Arguments> everyModelAndOption() {
        return Models.ALL.stream().flatMap(model -> Stream.of(true, false)
                .flatMap(xnnpack -> Stream.of(1, 2).map(threads -> Arguments.of(model, xnnpack, threads))));
    }

    @ParameterizedTest
    @MethodSource("everyModelAndOption")
    void givesTheRecordedOutput(String model, boolean xnnpack, int threads) throws Exception {
        assertGivesTheRecordedOutput(model, xnnpack, threads);
    }

    @Tag("arm64")
    @ParameterizedTest
    @CsvSource({Models.SSDLITE + ",true,2", Models.SSD_UINT8 + ",true,1", Models.YAMNET + ",false,1"})
    void givesTheRecordedOutputOnEveryProcessor(String model, boolean xnnpack, int threads) throws Exception {
        assertGivesTheRecordedOutput(model, xnnpack, threads);
    }

    private static void assertGivesTheRecordedOutput(String model, boolean xnnpack, int threads) throws Exception {
        List<RecordedOutput> actual = RecordedOutput.run(model, xnnpack, threads);
        List<RecordedOutput> recorded = RecordedOutput.read(model, xnnpack);
        assertEquals(recorded.size(), actual.size(), "number of outputs of " + model);
        for (int i = 0; i < recorded.size(); i++) {
            recorded.get(i).assertAgrees(actual.get(i));
        }
    }
}
