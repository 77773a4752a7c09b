package dev.wayside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SentencesTest {
    @Test
    void saysThatAJournalIsBusyAndThatNothingWasChanged() {
        for (SQLiteErrorCode code :
                new SQLiteErrorCode[] {SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT}) {
            String sentence = Sentences.of(new IllegalStateException(new SQLiteException("database is locked", code)));
            assertTrue(sentence.contains("try it again"), sentence);
        }
    }

    @Test
    void saysEachCauseOnceWhereItHasNoWordsOfItsOwn() {
        Exception failure = new SQLException("outer", new SQLException("inner"));
        assertEquals("wayside: outer" + System.lineSeparator() + "  because: inner", Sentences.of(failure));
    }
}
