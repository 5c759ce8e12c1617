package dev.meso.language.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The programs of the language's contract are read as they stand. */
class ContractProgramsTest {
    @Test
    void everyProgramOfTheContractIsRead() {
        List<String> programs = Repository.contractPrograms();
        assertTrue(programs.size() >= 6, "code blocks: " + programs.size());
        for (String program : programs) {
            assertEquals(List.of(), SourceReader.read(program).problems(), program);
        }
    }
}
